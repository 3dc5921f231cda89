import { DomainError } from '@keyward/shared/errors';
import type { Organization } from '@keyward/shared/organizations';
import { eq } from 'drizzle-orm';
import { requireOperator } from '../authorize.ts';
import type { ActorContext } from '../context.ts';
import { organizations } from '../database/schema/organizations.ts';
import { presentOrganization } from './present-organization.ts';

/** An organization by its slug, be the actor a member of it or not. For operators. */
export async function getOrganization(
  context: ActorContext,
  slug: string,
): Promise<Organization & { requiresSecondFactor: boolean }> {
  requireOperator(context.actor);
  const [row] = await context.database
    .select()
    .from(organizations)
    .where(eq(organizations.slug, slug));
  if (row === undefined) {
    throw new DomainError('not_found', 'There is no such organization: list them to see all.');
  }
  return { ...presentOrganization(row), requiresSecondFactor: row.requiresSecondFactor };
}
