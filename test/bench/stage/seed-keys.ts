import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sql } from 'postgres';
import { administer } from '../../support/postgres-admin.ts';
import { makeSecrets, secretPrefix } from './make-secrets.ts';

export interface Seed {
  organizationId: string;
  count: number;
  rateLimit?: { limit: number; windowSeconds: number };
}

const rowsInChunk = 1000;
const createdBy = JSON.stringify({ type: 'system', id: null, name: 'bench' });

/** The id of the seeded key at this index: they sort as they were seeded, as real ones do. */
export function seededKeyId(index: number): string {
  return `key_01bench${index.toString().padStart(19, '0')}`;
}

/** The name of the seeded key at this index, which no other name contains. */
export function seededKeyName(index: number): string {
  return `Link importer ${index.toString().padStart(7, '0')}`;
}

/**
 * Copies bot keys of `short-links` into a database that no server uses yet, and returns their secrets.
 * A million take about a minute: foreign keys are not checked, for what they point to is known to be there.
 */
export async function seedKeys(databaseUrl: string, seed: Seed): Promise<string[]> {
  const secrets = makeSecrets(seed.count);
  await administer(databaseUrl, async (sql) => {
    const [service] = await sql`select id from services where slug = 'short-links'`;
    await sql`set session_replication_role = replica`;
    await copy(
      sql,
      `keys (id, organization_id, service_id, kind, environment, tier, name, permissions, rate_limit,
        ip_allowlist, metadata, created_by)`,
      seed.count,
      keyRow(seed, service?.id),
    );
    await copy(sql, 'key_secrets (id, key_id, secret_hash, start, last4)', seed.count, (index) =>
      secretRow(index, secrets[index] ?? ''),
    );
    // So that the first queries do not do what a server at rest has long done.
    await sql`vacuum analyze keys, key_secrets`;
    await sql`checkpoint`;
  });
  return secrets;
}

function keyRow({ organizationId, rateLimit }: Seed, serviceId: string) {
  const fixed = [organizationId, serviceId, 'bot', 'live', 'default'];
  const permissions = '{shortLinks:create,shortLinks:read}';
  const limit = rateLimit === undefined ? '\\N' : JSON.stringify(rateLimit);
  return (index: number) => [
    seededKeyId(index),
    ...fixed,
    seededKeyName(index),
    permissions,
    limit,
    '{}',
    '{}',
    createdBy,
  ];
}

function secretRow(index: number, secret: string): string[] {
  return [
    seededKeyId(index).replace('key_', 'sec_'),
    seededKeyId(index),
    `\\\\x${hash('sha256', secret, 'hex')}`,
    secretPrefix,
    secret.slice(-4),
  ];
}

async function copy(
  sql: Sql,
  into: string,
  count: number,
  row: (index: number) => string[],
): Promise<void> {
  function* lines() {
    for (let from = 0; from < count; from += rowsInChunk) {
      const length = Math.min(rowsInChunk, count - from);
      const rows = Array.from({ length }, (_, index) => row(from + index).join('\t'));
      yield `${rows.join('\n')}\n`;
    }
  }
  await pipeline(Readable.from(lines()), await sql.unsafe(`copy ${into} from stdin`).writable());
}
