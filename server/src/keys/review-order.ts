import { type SQL, sql } from 'drizzle-orm';
import { keys } from '../database/schema/keys.ts';
import { isWanted } from './key-filters.ts';

/** Why a key comes up in the review, the neediest first. */
export const reviewReasons = ['overPrivileged', 'unused', 'neverUsed', 'noExpiry', 'due'] as const;

export type ReviewReason = (typeof reviewReasons)[number];

/** Whether nobody has said in 90 days that the key is still needed. */
export const isDue = sql`(${keys.reviewedAt} is null
  or ${keys.reviewedAt} < now() - interval '90 days')`;

/** Since when nobody has looked at the key. */
export const waitsSince = sql`coalesce(${keys.reviewedAt}, ${keys.createdAt})`;

/** The place of its reason among `reviewReasons`, from 1; the conditions are those of the list of keys. */
export const reasonOf: SQL = sql`case
  when ${isWanted({ overPrivileged: true })} then 1
  when ${keys.lastUsedAt} is not null and ${isWanted({ unusedForDays: 30 })} then 2
  when ${isWanted({ neverUsed: true, createdBeforeDays: 7 })} then 3
  when ${keys.expiresAt} is null then 4
  else 5 end`;
