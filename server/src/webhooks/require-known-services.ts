import { invalidField } from '@keyward/shared/errors';
import { inArray } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { services } from '../database/schema/services.ts';

/** Refuses a filter by a service that is not in the catalog: nothing would ever pass it. */
export async function requireKnownServices(
  database: Database,
  slugs: readonly string[],
): Promise<void> {
  const rows = await database
    .select({ slug: services.slug })
    .from(services)
    .where(inArray(services.slug, [...slugs]));
  const unknown = slugs.find((slug) => !rows.some((row) => row.slug === slug));
  if (unknown !== undefined) {
    throw invalidField('services', `There is no service ${unknown}: list them to see all.`);
  }
}
