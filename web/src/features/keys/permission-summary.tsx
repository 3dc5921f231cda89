import type { Permission } from '@keyward/shared/permissions';
import { UnstyledButton } from '@mantine/core';
import { formatPermissionGroup, groupPermissions } from '../../lib/permission-groups.ts';
import { Hint } from '../../ui/hint.tsx';
import classes from './permission-summary.module.css';

/** The first of what a key may do, and the rest on hover and focus. */
export function PermissionSummary({ permissions }: { permissions: readonly Permission[] }) {
  const lines = groupPermissions(permissions).map(formatPermissionGroup);
  const [first, ...others] = lines;
  if (first === undefined) {
    return <span className={classes.none}>None</span>;
  }
  return (
    <Hint
      label={
        <span className={classes.all}>
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      }
    >
      <UnstyledButton className={classes.root}>
        <span className={classes.short} aria-hidden="true">
          {first}
        </span>
        {others.length > 0 && (
          <span className={classes.more} aria-hidden="true">
            +{others.length} more
          </span>
        )}
        <span className="visually-hidden">{lines.join('; ')}</span>
      </UnstyledButton>
    </Hint>
  );
}
