import type { Permission } from '@keyward/shared/built-in-permissions';
import { groupPermissions } from '../../../lib/permission-groups.ts';

export interface PermissionUse {
  permission: Permission;
  /** As `2026-11-20`, in UTC. */
  lastUsedOn: string;
  /** On how many days it was used. */
  days: number;
}

/** One granted permission beside its use; null where there was none. */
export interface GrantedUse {
  permission: Permission;
  action: string;
  lastUsedOn: string | null;
  /** Of a single action; null where several actions were used through one grant. */
  days: number | null;
  /** Of a whole resource: the actions that were used by it. */
  through: readonly PermissionUse[];
}

export interface GrantedResource {
  name: string;
  grants: readonly GrantedUse[];
}

export const actionOf = (permission: Permission): string =>
  permission.slice(permission.indexOf(':') + 1);

const dayMilliseconds = 86_400_000;

/** The first day, in UTC, of so many that end today. */
export function firstDayOf(days: number, now = Date.now()): string {
  return new Date(now - days * dayMilliseconds).toISOString().slice(0, 10);
}

/** What is granted, resource by resource, with when each was last used. */
export function toGrantedResources(
  granted: readonly Permission[],
  uses: readonly PermissionUse[],
): GrantedResource[] {
  return groupPermissions(granted).map(({ resource, actions }) => ({
    name: resource,
    grants: actions.map((action) => {
      const permission: Permission = `${resource}:${action}`;
      return action === '*'
        ? wholeUse(permission, resource, { granted, uses })
        : singleUse(permission, uses);
    }),
  }));
}

function singleUse(permission: Permission, uses: readonly PermissionUse[]): GrantedUse {
  const use = uses.find((one) => one.permission === permission);
  return {
    permission,
    action: actionOf(permission),
    lastUsedOn: use?.lastUsedOn ?? null,
    days: use?.days ?? null,
    through: [],
  };
}

function wholeUse(
  permission: Permission,
  resource: string,
  { granted, uses }: { granted: readonly Permission[]; uses: readonly PermissionUse[] },
): GrantedUse {
  const through = uses.filter(
    (one) =>
      one.permission.startsWith(`${resource}:`) &&
      // What is granted by itself too is told there.
      (one.permission === permission || !granted.includes(one.permission)),
  );
  const newest = through.map(({ lastUsedOn }) => lastUsedOn).toSorted();
  return { permission, action: '*', lastUsedOn: newest.at(-1) ?? null, days: null, through };
}

/** What was used, and is granted no more. */
export function usedBefore(
  granted: readonly Permission[],
  uses: readonly PermissionUse[],
): PermissionUse[] {
  const resources = new Set(
    granted.filter((one) => one.endsWith(':*')).map((one) => one.slice(0, -1)),
  );
  return uses.filter(
    ({ permission }) =>
      !granted.includes(permission) &&
      !resources.has(permission.slice(0, permission.indexOf(':') + 1)),
  );
}
