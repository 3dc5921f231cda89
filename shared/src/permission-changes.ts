import type { Permission } from './built-in-permissions.ts';

/** A whole resource of which single actions remain. */
export interface NarrowedGrant {
  from: Permission;
  to: readonly Permission[];
}

/** How one list of grants becomes another. */
export interface PermissionChanges {
  kept: readonly Permission[];
  narrowed: readonly NarrowedGrant[];
  removed: readonly Permission[];
  added: readonly Permission[];
}

const wholeOf = (permission: Permission): Permission =>
  `${permission.slice(0, permission.indexOf(':'))}:*`;

const isWhole = (permission: Permission): boolean => permission.endsWith(':*');

const holds = (granted: readonly Permission[], asked: Permission): boolean =>
  granted.includes(asked) || granted.includes(wholeOf(asked));

/**
 * The grants that a key needs for what it has used, and no others: `contracts:read` used under
 * `contracts:*` leaves `contracts:read`. Never more than was granted.
 */
export function trimPermissions(
  granted: readonly Permission[],
  used: readonly Permission[],
): Permission[] {
  const needed = granted.flatMap((grant) => {
    if (holds(used, grant)) {
      return [grant];
    }
    return isWhole(grant) ? used.filter((one) => wholeOf(one) === grant) : [];
  });
  const unique = [...new Set(needed)];
  return unique.filter((one) => isWhole(one) || !unique.includes(wholeOf(one)));
}

/** What stays, narrows, goes and comes. A single action of a resource that was held whole is not new. */
export function comparePermissions(
  before: readonly Permission[],
  after: readonly Permission[],
): PermissionChanges {
  const gone = before.filter((one) => !holds(after, one));
  const narrowed = gone
    .filter(isWhole)
    .map((from) => ({ from, to: after.filter((one) => wholeOf(one) === from) }))
    .filter(({ to }) => to.length > 0);
  const isNarrowed = (one: Permission) => narrowed.some(({ from }) => from === one);
  return {
    kept: after.filter((one) => before.includes(one)),
    narrowed,
    removed: gone.filter((one) => !isNarrowed(one)),
    added: after.filter((one) => !holds(before, one)),
  };
}
