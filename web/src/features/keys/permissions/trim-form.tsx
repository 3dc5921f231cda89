import type { Permission } from '@keyward/shared/built-in-permissions';
import type { Key } from '@keyward/shared/keys';
import { comparePermissions } from '@keyward/shared/permission-changes';
import { Button, Group, Stack } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { Caution } from '../../../ui/caution.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { PermissionDiff } from './permission-diff.tsx';
import { useSavePermissions } from './use-save-permissions.ts';

interface TrimFormProps {
  apiKey: Key;
  /** What it would be left with. */
  permissions: Permission[];
  /** How many permissions it has used in the time. */
  usedCount: number;
  /** On how many days of that time a call was accepted. */
  daysOfUse: number;
  onDone: () => void;
}

/** Leaves a key what it used in 30 days: first what that means, then the change. */
export function TrimForm({ apiKey, permissions, usedCount, daysOfUse, onDone }: TrimFormProps) {
  const { save, isPending, error } = useSavePermissions(apiKey, onDone);
  const caution = cautionOf({ used: usedCount, daysOfUse });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(permissions);
      }}
    >
      <Stack gap="md">
        {caution !== null && <Caution title={caution.title}>{caution.text}</Caution>}
        <PermissionDiff changes={comparePermissions(apiKey.permissions, permissions)} withKept />
        {error !== null && <FailureNotice failure={toFailure(error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone} data-autofocus>
            Cancel
          </Button>
          <Button
            type="submit"
            {...(permissions.length === 0 && { color: 'red' })}
            loading={isPending}
          >
            {permissions.length === 0 ? 'Remove every permission' : 'Trim permissions'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Why what was seen may not be all that the key needs; null when it was seen for long enough. */
function cautionOf({ used, daysOfUse }: { used: number; daysOfUse: number }) {
  if (daysOfUse === 0) {
    return {
      title: 'This key was not used in 30 days',
      text: 'There is nothing to tell by what it needs. If nobody misses it, suspend or revoke it instead.',
    };
  }
  if (used === 0) {
    return {
      title: 'Its calls asked for no permission',
      text: 'The service lets them in without one, or decides by itself from the list that it is told. In that case it needs what would go here.',
    };
  }
  return daysOfUse < 7
    ? {
        title: `This key was used on ${daysOfUse === 1 ? 'one day' : `${daysOfUse} days`} only`,
        text: 'Work that comes once a week or once a month may not have been seen yet.',
      }
    : null;
}
