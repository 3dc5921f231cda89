import { type SQL, sql } from 'drizzle-orm';
import { keySecrets, keys } from '../database/schema/keys.ts';
import { isLive } from './live-secrets.ts';

const last4Length = 4;

const patternOf = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Whether the text holds a trigram as PostgreSQL's `pg_trgm` finds them: if not, its index cannot help. */
export const hasTrigram = (text: string) =>
  /[\p{L}\p{N}]{3}|[^\p{L}\p{N}][\p{L}\p{N}]{2}/u.test(text);

/** Whether a key at hand has the text in it. In `lower`, lest the planner turn to the trigram index. */
export function contains(text: string): SQL {
  const pattern = sql`lower(${patternOf(text)})`;
  const named = sql`lower(${keys.name}) like ${pattern} or lower(${keys.externalId}) like ${pattern}`;
  return text.length === last4Length
    ? sql`(${named} or ${keys.id} in (${endingIn(text)}))`
    : sql`(${named})`;
}

/** The ids of all wanted keys that have the text in them, some of them twice, in no order. */
export function idsContaining(text: string, wanted: SQL): SQL {
  const pattern = patternOf(text);
  const having = (condition: SQL) =>
    sql`select ${keys.id} from ${keys} where ${wanted} and ${condition}`;
  const named = hasTrigram(text)
    ? sql`${having(sql`${keys.name} ilike ${pattern}`)}
        union all ${having(sql`${keys.externalId} ilike ${pattern}`)}`
    : having(contains(text));
  return text.length === last4Length
    ? sql`${named} union all ${having(sql`${keys.id} in (${endingIn(text)})`)}`
    : named;
}

const endingIn = (last4: string) =>
  sql`select ${keySecrets.keyId} from ${keySecrets} where ${keySecrets.last4} = ${last4} and ${isLive}`;
