import { inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { keys } from '../database/schema/keys.ts';
import { holdsInVain, isJudged } from './over-privileged.ts';

const pageSize = 5000;

/**
 * Writes down which keys hold what they do not use, so that no list has to look at the days of each
 * permission. No authority changes, and no node has to learn of it. A duty of Keyward's own; returns how
 * many keys are judged otherwise than before.
 */
export async function judgeUnusedPermissions({
  database,
}: Pick<Context, 'database'>): Promise<number> {
  let changed = 0;
  let after: string | null = '';
  while (after !== null) {
    const page: Page = await findChanged(database, after);
    changed += await judge(database, page.ids);
    after = page.last;
  }
  return changed;
}

interface Page {
  ids: string[];
  /** Null after the last page. */
  last: string | null;
}

async function findChanged(database: Database, after: string): Promise<Page> {
  const [page] = await database.execute<{ ids: string[] | null; last: string; count: number }>(sql`
    select array_agg(id) filter (where is_changed) as ids, max(id) as last, count(*)::int as count
    from (
      select ${keys.id} as id, ${keys.holdsInVain} <> ${holdsInVain(keys.permissions)} as is_changed
      from ${keys}
      where ${keys.id} > ${after} and ${keys.revokedAt} is null and ${isJudged}
      order by ${keys.id} limit ${pageSize}) as page`);
  return { ids: page?.ids ?? [], last: page?.count === pageSize ? page.last : null };
}

/** Judged anew where each is held. One that somebody changes at this moment is left to them. */
async function judge(database: Database, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) {
    return 0;
  }
  const judged = await database.execute(sql`
    with held as materialized (
      select ${keys.id} as id from ${keys} where ${inArray(keys.id, [...ids])}
      order by ${keys.id} for no key update skip locked)
    update ${keys} set holds_in_vain = ${holdsInVain(keys.permissions)}
    from held where ${keys.id} = held.id returning ${keys.id}`);
  return judged.length;
}
