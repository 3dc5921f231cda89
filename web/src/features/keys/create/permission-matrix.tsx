import type { Resource } from '@keyward/shared/permissions';
import type { Grants } from './grants.ts';
import classes from './permission-matrix.module.css';
import { PermissionRow } from './permission-row.tsx';

interface PermissionMatrixProps extends Grants {
  caption: string;
  resources: readonly Resource[];
}

// In every service these come first, in this order; what else there is follows as it comes.
const usual = ['create', 'read', 'update', 'delete'];

/** Resources down, actions across. On a phone each resource becomes a group of its own. */
export function PermissionMatrix({ caption, resources, ...grants }: PermissionMatrixProps) {
  const known = new Set(resources.flatMap((one) => one.actions.map((action) => action.name)));
  const actions = [
    ...usual.filter((name) => known.has(name)),
    ...[...known].filter((name) => !usual.includes(name)),
  ];
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">Permissions: {caption}</caption>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            {actions.map((action) => (
              <th key={action} scope="col">
                {action}
              </th>
            ))}
            <th scope="col">all</th>
          </tr>
        </thead>
        <tbody>
          {resources.map((resource) => (
            <PermissionRow key={resource.name} resource={resource} columns={actions} {...grants} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
