import type { Permission } from '@keyward/shared/permissions';

/** What is granted in the form, how it changes, and what this member may not grant. */
export interface Grants {
  granted: readonly Permission[];
  onChange: (granted: Permission[]) => void;
  /** Why a permission may not be granted; null when it may. */
  refusalOf: (permission: Permission) => string | null;
}
