import type { ServiceProfile } from '@keyward/shared/service-profile';
import { sql } from 'drizzle-orm';
import { after } from '../after.ts';
import type { Database } from '../database/connect-database.ts';
import { authorityRevision } from '../database/schema/authority.ts';
import { services } from '../database/schema/services.ts';
import { withinDeadline } from '../database/within-deadline.ts';
import { createMemory, type Memory, type Reading } from '../verification/authority/memory.ts';
import type { Authority } from '../verification/authority/start-authority.ts';

/** The header in which each service takes its keys, by its slug: all that presenting a key needs to know. */
export type Catalog = ReadonlyMap<string, ServiceProfile['header']>;

export type CatalogMemory = Memory<Catalog>;

export function createCatalogMemory(authority: Authority): CatalogMemory {
  // One entry, whatever its size.
  const memory = createMemory<Catalog>(authority, { maximumBytes: 1, bytesOf: () => 1 });
  authority.attach(memory);
  return memory;
}

/** The catalog as it stands, from memory while that may be trusted. */
export function knowCatalog({
  catalog,
  database,
}: {
  catalog: CatalogMemory;
  database: Database;
}): Catalog | Promise<Catalog> {
  const known = catalog.know('catalog', () => withinDeadline(() => readCatalog(database)));
  return after(known, (found) => found?.value ?? new Map());
}

async function readCatalog(database: Database): Promise<Reading<Catalog> | null> {
  const rows = await database
    .select({
      slug: services.slug,
      header: sql<ServiceProfile['header']>`${services.profile} -> 'header'`,
      revision: sql`(select ${authorityRevision.revision} from ${authorityRevision})`.mapWith(
        Number,
      ),
      now: sql`extract(epoch from now()) * 1000`.mapWith(Number),
    })
    .from(services);
  const [first] = rows;
  return first === undefined
    ? null
    : {
        value: new Map(rows.map(({ slug, header }) => [slug, header])),
        revision: first.revision,
        now: first.now,
        subjects: ['service'],
      };
}
