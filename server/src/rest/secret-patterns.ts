import { describeSecretPatterns } from '@keyward/shared/secret-patterns';
import type { Database } from '../database/connect-database.ts';
import { services } from '../database/schema/services.ts';
import { withinDeadline } from '../database/within-deadline.ts';

const keptMilliseconds = 10_000;

/**
 * Returns what writes the shapes of this instance's secrets, as JSON. Anybody may ask, so the catalog is
 * read once in ten seconds at most.
 */
export function createSecretPatterns(database: Database, publicUrl: string): () => Promise<string> {
  let kept: { text: Promise<string>; until: number } | undefined;

  async function write(): Promise<string> {
    const rows = await withinDeadline(() =>
      database.select().from(services).orderBy(services.slug),
    );
    const profiles = rows.map(({ profile }) => profile);
    return JSON.stringify(describeSecretPatterns(profiles, publicUrl), null, 2);
  }

  return () => {
    const now = performance.now();
    if (kept === undefined || kept.until < now) {
      const text = write();
      kept = { text, until: now + keptMilliseconds };
      text.catch(() => {
        kept = undefined;
      });
    }
    return kept.text;
  };
}
