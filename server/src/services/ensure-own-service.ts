import { keyward } from '@keyward/shared/presets/keyward';
import type { Database } from '../database/connect-database.ts';
import { createId } from '../database/create-id.ts';
import { services } from '../database/schema/services.ts';

/** Puts Keyward's own service into the catalog, at each start: verifiers and bots hold keys of it. */
export async function ensureOwnService(database: Database): Promise<void> {
  await database
    .insert(services)
    .values({ id: createId('service'), slug: keyward.slug, profile: keyward })
    .onConflictDoUpdate({ target: services.slug, set: { profile: keyward } });
}
