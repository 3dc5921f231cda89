import { builtInResources, type Resource } from '@keyward/shared/built-in-permissions';

/** Every permission that can be asked for in a service, by resource. */
export function permissionOptions(resources: readonly Resource[]) {
  return [...resources, ...builtInResources].map(({ name, actions }) => ({
    group: name,
    items: [...actions.map((action) => action.name), '*'].map((action) => ({
      value: `${name}:${action}` as const,
      label: action === '*' ? `${name}:* (every action)` : `${name}:${action}`,
    })),
  }));
}
