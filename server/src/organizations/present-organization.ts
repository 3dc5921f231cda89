import type { Organization } from '@keyward/shared/organizations';
import type { organizations } from '../database/schema/organizations.ts';

/** An organization as both faces show it. */
export function presentOrganization({
  id,
  slug,
  name,
  status,
  createdAt,
}: typeof organizations.$inferSelect): Organization {
  return { id, slug, name, status, createdAt: createdAt.toISOString() };
}
