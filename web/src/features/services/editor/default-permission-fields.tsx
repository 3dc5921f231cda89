import type { Permission } from '@keyward/shared/permissions';
import type { ReactNode } from 'react';
import { CheckLine } from '../../../ui/check-line.tsx';
import classes from './default-permission-fields.module.css';
import type { ProfileDraft } from './profile-draft.ts';

interface DefaultPermissionsProps {
  draft: ProfileDraft;
  error: ReactNode;
  onChange: (permissions: Permission[]) => void;
}

/** The permissions that are ticked when somebody begins a new key. */
export function DefaultPermissions({ draft, error, onChange }: DefaultPermissionsProps) {
  const { permissions } = draft.defaults;
  const offered = draft.resources
    .filter(
      ({ name }, index, all) => name !== '' && all.findIndex((one) => one.name === name) === index,
    )
    .map(({ name, actions }) => ({
      name,
      permissions: [...actions.map((action) => action.name).filter(Boolean), '*'].map(
        (action): Permission => `${name}:${action}`,
      ),
    }));
  const known = new Set(offered.flatMap((resource) => resource.permissions));
  const others = permissions.filter((permission) => !known.has(permission));
  const groups =
    others.length === 0 ? offered : [...offered, { name: 'Others', permissions: others }];
  const set = (permission: Permission, isGranted: boolean) =>
    onChange(
      isGranted ? [...permissions, permission] : permissions.filter((one) => one !== permission),
    );
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>Default permissions</legend>
      {groups.length === 0 && (
        <p className={classes.empty}>
          Add a resource first. Until then a new key begins with none.
        </p>
      )}
      {groups.map((group) => (
        <div key={group.name} className={classes.group}>
          <span className={classes.name}>{group.name}</span>
          {group.permissions.map((permission) => (
            <CheckLine
              key={permission}
              isChecked={permissions.includes(permission)}
              onChange={(isGranted) => set(permission, isGranted)}
            >
              <span className="visually-hidden">{permission}</span>
              <span aria-hidden="true">{labelOf(permission, group.name)}</span>
            </CheckLine>
          ))}
        </div>
      ))}
      {error && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

function labelOf(permission: Permission, group: string): string {
  const [resource = '', action = ''] = permission.split(':');
  if (resource !== group) {
    return permission;
  }
  return action === '*' ? 'all' : action;
}
