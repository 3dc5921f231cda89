import { keyward } from '@keyward/shared/presets/keyward';
import { sql } from 'drizzle-orm';
import type { Database } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { services } from '../database/schema/services.ts';
import { recordAuthorityChange } from '../verification/authority/record-authority-change.ts';

/** Puts Keyward's own service into the catalog, at each start: verifiers and bots hold keys of it. */
export async function ensureOwnService(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    const [changed] = await transaction
      .insert(services)
      .values({ id: createId('service'), slug: keyward.slug, profile: keyward })
      .onConflictDoUpdate({
        target: services.slug,
        set: { profile: keyward, updatedAt: sql`now()` },
        // A start that changes nothing writes nothing.
        setWhere: sql`${services.profile} <> excluded.profile`,
      })
      .returning({ id: services.id });
    if (changed !== undefined) {
      await recordAuthorityChange(transaction, { subject: 'service', subjectId: changed.id });
    }
  });
}
