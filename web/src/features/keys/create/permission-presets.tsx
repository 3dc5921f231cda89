import { builtInResources, type Permission } from '@keyward/shared/permissions';
import type { Service } from '@keyward/shared/services';
import { Button, Group } from '@mantine/core';
import { permissionOf } from './permission-set.ts';

interface PermissionPresetsProps {
  service: Service;
  onChange: (granted: Permission[]) => void;
  refusalOf: (permission: Permission) => string | null;
}

/** Common choices, made in one click and open to change. */
export function PermissionPresets({ service, onChange, refusalOf }: PermissionPresetsProps) {
  const main = service.resources.length > 0 ? service.resources : builtInResources;
  const grant = (permissions: Permission[]) =>
    onChange(permissions.filter((permission) => refusalOf(permission) === null));
  const readOnly = main
    .filter((resource) => resource.actions.some((action) => action.name === 'read'))
    .map((resource) => permissionOf(resource, 'read'));
  const everything = [...service.resources, ...builtInResources].map((resource) =>
    permissionOf(resource, '*'),
  );
  return (
    <Group gap="xs" role="group" aria-label="Common choices of permissions">
      <Button variant="default" size="xs" onClick={() => grant(readOnly)}>
        Read only
      </Button>
      <Button variant="default" size="xs" onClick={() => grant(everything)}>
        Everything I may grant
      </Button>
      <Button variant="default" size="xs" onClick={() => grant([])}>
        None
      </Button>
    </Group>
  );
}
