import {
  builtInResources,
  type Permission,
  type Resource,
} from '@keyward/shared/built-in-permissions';
import { groupPermissions } from '../../../lib/permission-groups.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** What permissions allow, in words: `create and read short links`, `everything with webhook endpoints`. */
export function describeGrants(
  permissions: readonly Permission[],
  resources: readonly Resource[],
): string[] {
  const descriptions = new Map(
    [...resources, ...builtInResources].map(({ name, description }) => [name, description]),
  );
  return groupPermissions(permissions).map(({ resource, actions }) => {
    const things = lowerFirst(descriptions.get(resource) ?? resource);
    return actions.includes('*')
      ? `everything with ${things}`
      : `${list.format(actions)} ${things}`;
  });
}

// API keys stay API keys.
function lowerFirst(text: string): string {
  return /^[A-Z](?![A-Z])/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
