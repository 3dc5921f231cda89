import type { Permission, Resource } from '@keyward/shared/permissions';

// As the contract writes it; that brings a library along, which the first page of a visit does without.
const pattern = /^[A-Za-z][A-Za-z0-9_-]{0,47}:(\*|[A-Za-z][A-Za-z0-9_-]{0,47})$/;

export const isPermission = (text: string): text is Permission => pattern.test(text);

// Keyward's own resources, which every service has beside its own.
const builtIn: readonly Permission[] = [
  'apiKeys:*',
  'webhooks:*',
  'members:*',
  'auditLog:read',
  'usage:read',
];

/** Every permission that the resources of some services know, each once, and those on Keyward's own. */
export function permissionsOf(
  services: readonly { resources: readonly Resource[] }[],
): Permission[] {
  const all = services
    .flatMap(({ resources }) => resources)
    .flatMap(({ name, actions }) =>
      ['*', ...actions.map((action) => action.name)].map(
        (action): Permission => `${name}:${action}`,
      ),
    );
  return [...new Set([...all, ...builtIn])];
}
