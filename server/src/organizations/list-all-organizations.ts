import { invalidField } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Organization, SearchOrganizationsInput } from '@keyward/shared/organizations';
import { and, desc, ilike, lt, or } from 'drizzle-orm';
import { requireOperator } from '../authorize.ts';
import type { ActorContext } from '../context.ts';
import { organizations } from '../database/schema/organizations.ts';
import { presentOrganization } from './present-organization.ts';

/**
 * Every organization of the instance, or those with a text in them, newest first, by key set. For operators.
 * It names them and no more, as the list of one's own does: those that demand a second factor are in it too.
 */
export async function listAllOrganizations(
  context: ActorContext,
  { limit, cursor, q }: SearchOrganizationsInput,
): Promise<{ data: Organization[]; nextCursor: string | null }> {
  requireOperator(context.actor);
  if (cursor !== undefined && !isId('organization', cursor)) {
    throw invalidField('cursor', 'Send the nextCursor of the page before, unchanged.');
  }
  const rows = await context.database
    .select()
    .from(organizations)
    .where(
      and(
        cursor === undefined ? undefined : lt(organizations.id, cursor),
        q === undefined || q === '' ? undefined : contains(q),
      ),
    )
    .orderBy(desc(organizations.id))
    .limit(limit + 1);
  const data = rows.slice(0, limit).map(presentOrganization);
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}

function contains(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return or(ilike(organizations.name, pattern), ilike(organizations.slug, pattern));
}
