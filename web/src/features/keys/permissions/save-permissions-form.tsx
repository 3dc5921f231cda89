import { covers, type Permission } from '@keyward/shared/built-in-permissions';
import type { Key } from '@keyward/shared/keys';
import { comparePermissions } from '@keyward/shared/permission-changes';
import { Button, Group, Stack } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { formatDay } from '../../../lib/format-time.ts';
import { Caution } from '../../../ui/caution.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import type { PermissionUse } from './granted-use.ts';
import { PermissionDiff } from './permission-diff.tsx';
import { useSavePermissions } from './use-save-permissions.ts';

interface SavePermissionsFormProps {
  apiKey: Key;
  permissions: Permission[];
  used: readonly PermissionUse[];
  onCancel: () => void;
  onSaved: () => void;
}

/** What is about to change, and what would be missed. */
export function SavePermissionsForm(props: SavePermissionsFormProps) {
  const { apiKey, permissions, used, onCancel, onSaved } = props;
  const { save, isPending, error } = useSavePermissions(apiKey, onSaved);
  const missed = used.filter(
    ({ permission }) => covers(apiKey.permissions, permission) && !covers(permissions, permission),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(permissions);
      }}
    >
      <Stack gap="md">
        {missed.length > 0 && (
          <Caution title="It is using what you take away">
            {missed.map(({ permission, lastUsedOn }) => (
              <div key={permission}>
                <code>{permission}</code>, last on {formatDay(lastUsedOn)}
              </div>
            ))}
          </Caution>
        )}
        <PermissionDiff changes={comparePermissions(apiKey.permissions, permissions)} />
        {error !== null && <FailureNotice failure={toFailure(error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Go on editing
          </Button>
          <Button type="submit" loading={isPending} data-autofocus>
            Save permissions
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
