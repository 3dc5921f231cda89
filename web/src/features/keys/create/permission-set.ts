import type { Permission, Resource } from '@keyward/shared/permissions';

const whole = (resource: Resource): Permission => `${resource.name}:*`;

export const permissionOf = (resource: Resource, action: string): Permission =>
  `${resource.name}:${action}`;

export const holdsWhole = (granted: readonly Permission[], resource: Resource): boolean =>
  granted.includes(whole(resource));

export const holds = (
  granted: readonly Permission[],
  resource: Resource,
  action: string,
): boolean => holdsWhole(granted, resource) || granted.includes(permissionOf(resource, action));

export const holdsSome = (granted: readonly Permission[], resource: Resource): boolean =>
  granted.some((permission) => permission.startsWith(`${resource.name}:`));

/** Grants a whole resource, with the actions that it may get later, or nothing of it. */
export function setWhole(
  granted: readonly Permission[],
  resource: Resource,
  isGranted: boolean,
): Permission[] {
  const others = granted.filter((permission) => !permission.startsWith(`${resource.name}:`));
  return isGranted ? [...others, whole(resource)] : others;
}

/** Grants or takes one action. A whole resource becomes its other actions, one by one. */
export function setAction(
  granted: readonly Permission[],
  resource: Resource,
  action: string,
  isGranted: boolean,
): Permission[] {
  const others = setWhole(granted, resource, false);
  const kept = resource.actions
    .map(({ name }) => name)
    .filter((name) => (name === action ? isGranted : holds(granted, resource, name)))
    .map((name) => permissionOf(resource, name));
  return [...others, ...kept];
}

/** The same grants in the order of the matrix, in whatever order they were made. */
export function inOrder(
  granted: readonly Permission[],
  resources: readonly Resource[],
): Permission[] {
  const rank = new Map(resources.map(({ name }, index) => [name, index]));
  const rankOf = (permission: Permission) =>
    rank.get(permission.slice(0, permission.indexOf(':'))) ?? resources.length;
  return granted.toSorted((one, other) => rankOf(one) - rankOf(other));
}
