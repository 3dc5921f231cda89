import { keyward } from '@keyward/shared/presets/keyward';
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { services } from '../database/schema/services.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';

/** Puts Keyward's own service into the catalog, at each start: verifiers and bots hold keys of it. */
export async function ensureOwnService(database: Database): Promise<void> {
  const [current] = await database
    .select({ id: services.id })
    .from(services)
    .where(and(eq(services.slug, keyward.slug), eq(services.profile, keyward)));
  // A start that changes nothing writes nothing, and waits for nobody.
  if (current !== undefined) {
    return;
  }
  await changeAuthority(database, async (transaction) => {
    await transaction
      .insert(services)
      .values({ id: createId('service'), slug: keyward.slug, profile: keyward })
      .onConflictDoUpdate({
        target: services.slug,
        set: { profile: keyward, updatedAt: sql`now()` },
        setWhere: sql`${services.profile} <> excluded.profile`,
      });
  });
}
