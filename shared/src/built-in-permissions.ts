// What is known of permissions without parsing any. The console's first page needs this, and not zod.

/** `resource:action`, such as `shortLinks:create`; `contracts:*` grants every action of `contracts`. */
export type Permission = `${string}:${string}`;

export interface Resource {
  name: string;
  description: string;
  actions: readonly { name: string; description: string }[];
}

const crud = (things: string) => [
  { name: 'create', description: `Create ${things}` },
  { name: 'read', description: `View ${things}` },
  { name: 'update', description: `Change ${things}` },
  { name: 'delete', description: `Remove ${things}` },
];

/** Present in every service, beside the service's own. */
export const builtInResources: readonly Resource[] = [
  {
    name: 'apiKeys',
    description: 'API keys of the organization',
    actions: [...crud('API keys'), { name: 'verify', description: 'Ask whether a key is good' }],
  },
  { name: 'webhooks', description: 'Webhook endpoints', actions: crud('webhook endpoints') },
  { name: 'members', description: 'Members of the organization', actions: crud('members') },
  {
    name: 'auditLog',
    description: 'The audit log',
    actions: [{ name: 'read', description: 'Read audit events' }],
  },
  {
    name: 'usage',
    description: 'Usage of keys',
    actions: [{ name: 'read', description: 'Read usage counts' }],
  },
];

const builtInNames = new Set(builtInResources.map((resource) => resource.name));

export const isBuiltInResource = (name: string): boolean => builtInNames.has(name);

/** The resource that a permission speaks of. */
export function resourceOf(granted: Permission): string {
  return granted.slice(0, granted.indexOf(':'));
}

/** Whether the grants hold everything that is asked for. `contracts:*` asked needs `contracts:*` granted. */
export function covers(granted: readonly Permission[], asked: Permission): boolean {
  return granted.includes(asked) || granted.includes(`${resourceOf(asked)}:*`);
}

/** Only an owner or admin may grant these, and on a user key they count only while its owner is one. */
export function isAdminOnly(granted: Permission): boolean {
  return (
    isBuiltInResource(resourceOf(granted)) && granted !== 'usage:read' && granted !== 'usage:*'
  );
}

/** Those of the permissions that are neither among a service’s resources nor built in. */
export function unknownPermissions(
  permissions: readonly Permission[],
  resources: readonly Resource[],
): Permission[] {
  const known = new Set<string>();
  for (const resource of [...builtInResources, ...resources]) {
    known.add(`${resource.name}:*`);
    for (const action of resource.actions) {
      known.add(`${resource.name}:${action.name}`);
    }
  }
  return permissions.filter((asked) => !known.has(asked));
}
