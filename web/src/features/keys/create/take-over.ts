import {
  isBuiltInResource,
  type Permission,
  resourceOf,
  unknownPermissions,
} from '@keyward/shared/built-in-permissions';
import type { Key } from '@keyward/shared/keys';
import type { Service } from '@keyward/shared/services';

/** What a new key takes over from another one, and what it cannot. */
export interface TakenOver {
  name: string;
  taken: Permission[];
  leftOut: { permission: Permission; reason: string }[];
}

/** The permissions of another key as far as this service has them and this member may grant them. */
export function takeOver(
  from: Pick<Key, 'name' | 'service' | 'permissions'>,
  service: Service,
  refusalOf: (permission: Permission) => string | null,
): TakenOver {
  const unknown = unknownPermissions(from.permissions, service.resources);
  const reasonAgainst = (permission: Permission): string | null => {
    // The same name means another thing in another service.
    if (from.service !== service.slug && !isBuiltInResource(resourceOf(permission))) {
      return `It belongs to the service ${from.service}.`;
    }
    return unknown.includes(permission)
      ? `${service.name} does not have it any more.`
      : refusalOf(permission);
  };
  const judged = from.permissions.map((permission) => ({
    permission,
    reason: reasonAgainst(permission),
  }));
  return {
    name: from.name,
    taken: judged.filter(({ reason }) => reason === null).map(({ permission }) => permission),
    leftOut: judged.flatMap(({ permission, reason }) =>
      reason === null ? [] : [{ permission, reason }],
    ),
  };
}
