import { invalidField } from '@keyward/shared/errors';
import type { Key, ListReviewInput } from '@keyward/shared/keys';
import { eq, inArray, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { isLiving } from './key-filters.ts';
import { readKeys } from './read-keys.ts';
import { findEvidence, type ReviewEvidence } from './review-evidence.ts';
import { isDue, type ReviewReason, reasonOf, reviewReasons, waitsSince } from './review-order.ts';

/** A key whose turn has come, with all that speaks for it or against it. */
export interface ReviewItem extends ReviewEvidence {
  key: Key;
  because: ReviewReason;
  /** When somebody last said that it is needed. */
  reviewedAt: string | null;
}

/** Of the keys that are neither revoked nor expired. */
export interface ReviewCounts {
  total: number;
  /** In the last 90 days. */
  reviewed: number;
  /** When they were counted, by the database's clock. */
  countedAt: string;
  /** When the first of those that were reviewed is due again; null when none was. */
  nextDueAt: string | null;
}

export interface ReviewPage extends ReviewCounts {
  data: ReviewItem[];
  nextCursor: string | null;
}

const pageSize = 10;

interface Turn {
  id: string;
  reason: number;
  reviewedAt: string | null;
  cursor: string;
}

/** The next keys of which somebody should say whether they are needed, the neediest first. */
export async function listReview(
  context: OrganizationContext,
  input: ListReviewInput,
): Promise<ReviewPage> {
  requirePermission(context, 'apiKeys:read');
  requirePermission(context, 'usage:read');
  const { database } = context;
  const [turns, counts] = await Promise.all([findTurns(context, input), countKeys(context)]);
  const shown = turns.slice(0, pageSize);
  const ids = shown.map(({ id }) => id);
  if (ids.length === 0) {
    return { ...counts, data: [], nextCursor: null };
  }
  const [found, evidence] = await Promise.all([
    readKeys(database, inArray(keys.id, ids), ids.length),
    findEvidence(database, ids),
  ]);
  const data = shown.flatMap(({ id, reason, reviewedAt }) => {
    const key = found.find((one) => one.id === id);
    const because = reviewReasons[reason - 1] ?? 'due';
    return key === undefined ? [] : [{ key, because, reviewedAt, ...evidence(id) }];
  });
  const nextCursor = turns.length > pageSize ? (shown.at(-1)?.cursor ?? null) : null;
  return { ...counts, data, nextCursor };
}

const inIso = (time: unknown) =>
  sql`to_char((${time}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

async function findTurns(
  { database, organizationId }: OrganizationContext,
  { first = '', cursor }: ListReviewInput,
): Promise<Turn[]> {
  const after = cursor === undefined ? sql`true` : isAfter(cursor);
  // By key set: what was decided meanwhile leaves no gap and repeats nothing.
  const rows = await database.execute<Turn & Record<string, unknown>>(sql`
    with due as (
      select ${keys.id} as id, ${reasonOf} as reason, ${waitsSince} as since,
        ${keys.reviewedAt} as reviewed
      from ${keys} where ${eq(keys.organizationId, organizationId)} and ${isLiving} and ${isDue}
    ), placed as (
      select *, case when id = ${first} then 0 else reason end as place from due
    )
    select id, reason, ${inIso(sql`reviewed`)} as "reviewedAt",
      place || '_' || ${inIso(sql`since`)} || '_' || id as cursor
    from placed where ${after} order by place, since, id limit ${pageSize + 1}`);
  return [...rows];
}

function isAfter(cursor: string) {
  const [, place, since, id] = /^([0-5])_(\d{4}-[\dT:.-]+Z)_(key_\w+)$/.exec(cursor) ?? [];
  if (place === undefined || since === undefined || Number.isNaN(Date.parse(since))) {
    throw invalidField('cursor', 'Send the nextCursor of the page before, unchanged.');
  }
  return sql`(place, since, id) > (${place}::int, ${since}::timestamptz, ${id})`;
}

async function countKeys({ database, organizationId }: OrganizationContext): Promise<ReviewCounts> {
  const [counts] = await database.execute<ReviewCounts & Record<string, unknown>>(sql`
    select count(*)::int as total, (count(*) filter (where not ${isDue}))::int as reviewed,
      ${inIso(sql`now()`)} as "countedAt",
      ${inIso(sql`min(${keys.reviewedAt}) filter (where not ${isDue}) + interval '90 days'`)}
        as "nextDueAt"
    from ${keys} where ${eq(keys.organizationId, organizationId)} and ${isLiving}`);
  if (counts === undefined) {
    throw new Error('An aggregate without groups has no row.');
  }
  return counts;
}
