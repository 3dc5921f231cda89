import { builtInResources, type Permission } from '@keyward/shared/built-in-permissions';
import type { Service } from '@keyward/shared/services';
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { permissionOf } from './permission-set.ts';
import { SameAsKeyDialog } from './same-as-key-dialog.tsx';
import { type TakenOver, takeOver } from './take-over.ts';
import { TakenOverNote } from './taken-over-note.tsx';

interface PermissionPresetsProps {
  service: Service;
  onChange: (granted: Permission[]) => void;
  refusalOf: (permission: Permission) => string | null;
}

/** Common choices, made in one click and open to change. */
export function PermissionPresets({ service, onChange, refusalOf }: PermissionPresetsProps) {
  const [isChoosing, setChoosing] = useState(false);
  const [takenOver, setTakenOver] = useState<TakenOver | null>(null);
  const main = service.resources.length > 0 ? service.resources : builtInResources;
  const readOnly = main
    .filter((resource) => resource.actions.some((action) => action.name === 'read'))
    .map((resource) => permissionOf(resource, 'read'));
  const everything = [...service.resources, ...builtInResources].map((resource) =>
    permissionOf(resource, '*'),
  );
  const grant = (permissions: Permission[]) => {
    setTakenOver(null);
    onChange(permissions.filter((permission) => refusalOf(permission) === null));
  };
  return (
    <div>
      <Group gap="xs" role="group" aria-label="Common choices of permissions">
        <Button variant="default" size="xs" onClick={() => grant(readOnly)}>
          Read only
        </Button>
        <Button variant="default" size="xs" onClick={() => grant(everything)}>
          Everything I may grant
        </Button>
        <Button
          variant="default"
          size="xs"
          aria-haspopup="dialog"
          onClick={() => setChoosing(true)}
        >
          Same as another key…
        </Button>
        <Button variant="default" size="xs" onClick={() => grant([])}>
          None
        </Button>
      </Group>
      <div role="status">{takenOver !== null && <TakenOverNote result={takenOver} />}</div>
      <SameAsKeyDialog
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
        onChoose={(key) => {
          const result = takeOver(key, service, refusalOf);
          setChoosing(false);
          setTakenOver(result);
          onChange(result.taken);
        }}
      />
    </div>
  );
}
