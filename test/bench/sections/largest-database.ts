import type { Stage } from '../stage/open-stage.ts';
import { seedKeys } from '../stage/seed-keys.ts';

interface Seeded {
  databaseUrl: string;
  secrets: readonly string[];
}

const largest = new WeakMap<Stage, Promise<Seeded>>();

/** The database of the largest size, made once for all sections that read in it. */
export function largestDatabase(stage: Stage, count: number): Promise<Seeded> {
  const made = largest.get(stage) ?? seededDatabase(stage, count);
  largest.set(stage, made);
  return made;
}

export async function seededDatabase(stage: Stage, count: number): Promise<Seeded> {
  const databaseUrl = await stage.createDatabase();
  const secrets = await seedKeys(databaseUrl, { organizationId: stage.organizationId, count });
  return { databaseUrl, secrets };
}
