import type { Permission } from '@keyward/shared/permissions';

export interface PermissionGroup {
  resource: string;
  /** `*` stands for every action. */
  actions: string[];
}

/** Permissions by resource, in the order in which the resources first appear. */
export function groupPermissions(permissions: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, string[]>();
  for (const permission of permissions) {
    const [resource = '', action = ''] = permission.split(':');
    const actions = groups.get(resource) ?? [];
    actions.push(action);
    groups.set(resource, actions);
  }
  return [...groups].map(([resource, actions]) => ({ resource, actions }));
}

/** `shortLinks: read, create`, and `stats: all` for a whole resource. */
export function formatPermissionGroup({ resource, actions }: PermissionGroup): string {
  return `${resource}: ${actions.includes('*') ? 'all' : actions.join(', ')}`;
}
