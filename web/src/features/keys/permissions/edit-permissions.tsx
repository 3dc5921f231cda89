import {
  builtInResources,
  covers,
  type Permission,
  type Resource,
  unknownPermissions,
} from '@keyward/shared/built-in-permissions';
import type { Key } from '@keyward/shared/keys';
import { comparePermissions } from '@keyward/shared/permission-changes';
import { Button, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useMembership } from '../../../lib/membership.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { UnsavedGuard } from '../../../ui/unsaved-guard.tsx';
import { refusalOfGrant } from '../create/grant-rules.ts';
import { PermissionMatrix } from '../create/permission-matrix.tsx';
import { holdsSome, inOrder } from '../create/permission-set.ts';
import type { PermissionUse } from './granted-use.ts';
import { SavePermissionsForm } from './save-permissions-form.tsx';

interface EditPermissionsProps {
  apiKey: Key;
  service: { name: string; resources: readonly Resource[] };
  /** What was used lately: taking it away is warned of. */
  used: readonly PermissionUse[];
  onDone: () => void;
}

/** The matrix of what a key may do, open to change; nothing is saved before its difference was shown. */
export default function EditPermissions({ apiKey, service, used, onDone }: EditPermissionsProps) {
  const membership = useMembership();
  const [isReviewing, { open, close }] = useDisclosure(false);
  // What the service has dropped cannot be saved again.
  const unknown = unknownPermissions(apiKey.permissions, service.resources);
  const [granted, setGranted] = useState<Permission[]>(
    apiKey.permissions.filter((one) => !unknown.includes(one)),
  );
  const matrix = {
    granted,
    onChange: (next: Permission[]) =>
      setGranted(inOrder(next, [...service.resources, ...builtInResources])),
    // What the key holds is not granted again: it may be taken, and given back before it is saved.
    refusalOf: (permission: Permission) =>
      covers(apiKey.permissions, permission) ? null : refusalOfGrant(membership, permission),
  };
  const changes = comparePermissions(apiKey.permissions, granted);
  const count = changes.added.length + changes.narrowed.length + changes.removed.length;
  return (
    <Stack gap="md">
      {service.resources.length > 0 && (
        <PermissionMatrix {...matrix} caption={service.name} resources={service.resources} />
      )}
      <Disclosure
        title="Keyward’s own resources"
        description="Keys, webhooks, members, audit log, usage"
        isInitiallyOpen={
          service.resources.length === 0 ||
          builtInResources.some((resource) => holdsSome(apiKey.permissions, resource))
        }
      >
        <PermissionMatrix
          {...matrix}
          caption="Keyward’s own resources"
          resources={builtInResources}
        />
      </Disclosure>
      <Group justify="flex-end" gap="sm">
        <span role="status">
          {count === 0 ? 'No change yet' : `${count} ${count === 1 ? 'change' : 'changes'}`}
        </span>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button disabled={count === 0} onClick={open}>
          Review changes
        </Button>
      </Group>
      <Dialog title="Change permissions" isOpen={isReviewing} onClose={close}>
        <SavePermissionsForm
          apiKey={apiKey}
          permissions={granted}
          used={used}
          onCancel={close}
          onSaved={onDone}
        />
      </Dialog>
      <UnsavedGuard
        isActive={count > 0}
        what={`Your changes to the permissions of ${apiKey.name}`}
      />
    </Stack>
  );
}
