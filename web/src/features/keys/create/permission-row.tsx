import type { Resource } from '@keyward/shared/permissions';
import type { Grants } from './grants.ts';
import { PermissionCell } from './permission-cell.tsx';
import classes from './permission-matrix.module.css';
import {
  holds,
  holdsSome,
  holdsWhole,
  permissionOf,
  setAction,
  setWhole,
} from './permission-set.ts';

interface PermissionRowProps extends Grants {
  resource: Resource;
  columns: readonly string[];
}

export function PermissionRow({
  resource,
  columns,
  granted,
  onChange,
  refusalOf,
}: PermissionRowProps) {
  const whole = holdsWhole(granted, resource);
  return (
    <tr>
      <th scope="row">
        <span className={classes.name}>{resource.name}</span>
        <span className={classes.description}>{resource.description}</span>
      </th>
      {columns.map((column) => {
        const action = resource.actions.find(({ name }) => name === column);
        return action === undefined ? (
          <td key={column} className={classes.absent} />
        ) : (
          <PermissionCell
            key={column}
            label={column}
            permission={permissionOf(resource, column)}
            meaning={action.description}
            isGranted={holds(granted, resource, column)}
            refusal={refusalOf(permissionOf(resource, column))}
            onChange={(isGranted) => onChange(setAction(granted, resource, column, isGranted))}
          />
        );
      })}
      <PermissionCell
        label="all"
        permission={permissionOf(resource, '*')}
        meaning="Every action, those to come included"
        isGranted={whole}
        isPartial={!whole && holdsSome(granted, resource)}
        refusal={refusalOf(permissionOf(resource, '*'))}
        onChange={(isGranted) => onChange(setWhole(granted, resource, isGranted))}
      />
    </tr>
  );
}
