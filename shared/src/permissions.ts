import { z } from 'zod';
import type { Permission } from './built-in-permissions.ts';

export {
  builtInResources,
  covers,
  isAdminOnly,
  isBuiltInResource,
  type Permission,
  type Resource,
  resourceOf,
  unknownPermissions,
} from './built-in-permissions.ts';

const namePattern = '[A-Za-z][A-Za-z0-9_-]{0,47}';

/** The name of a resource or an action. */
export const resourceName = z
  .string()
  .regex(new RegExp(`^${namePattern}$`), 'Use letters, digits, - and _, such as shortLinks.');

// The pattern says what the type says, which TypeScript cannot see.
export const permission = z
  .string()
  .regex(
    new RegExp(`^${namePattern}:(\\*|${namePattern})$`),
    'Write resource:action, such as shortLinks:create, or resource:* for every action.',
  ) as unknown as z.ZodType<Permission, string>;

export const permissionList = z
  .array(permission)
  .max(200, 'Use at most 200 permissions.')
  .overwrite((list) => [...new Set(list)]);
