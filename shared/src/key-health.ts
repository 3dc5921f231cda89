import type { Key } from './keys.ts';

/** Accepted and refused calls of a key in the last seven days. */
export interface RecentCalls {
  valid: number;
  refused: number;
}

export type HealthCode =
  | 'healthy'
  | 'neverUsed'
  | 'unused'
  | 'expiring'
  | 'refused'
  | 'exposed'
  | 'suspended'
  | 'expired'
  | 'revoked';

/** How a key is, in one or two words and with what they rest on: `Unused` `for 40 days`. */
export interface KeyHealth {
  code: HealthCode;
  tone: 'good' | 'warn' | 'bad' | 'quiet';
  label: string;
  /** Reads on from the label; null where that says all. */
  reason: string | null;
}

type Judged = Pick<Key, 'status' | 'createdAt' | 'expiresAt' | 'revokedAt'> & {
  usage: Pick<Key['usage'], 'lastUsedAt'>;
};

const hour = 3_600_000;
const day = 24 * hour;
const soonDays = 14;
const veryNearDays = 3;
const idleDays = 30;

/** From so many calls in seven days on, a larger share of refusals than this is no chance. */
export const manyRefusals = { calls: 20, share: 0.2 } as const;

/**
 * What an admin should know of a key first, worst first among those that are in use.
 * @param calls left out while they are not known.
 * @param isExposed whether a secret that it has was found in the open.
 */
export function judgeKeyHealth(
  key: Judged,
  now: Date,
  calls?: RecentCalls,
  isExposed = false,
): KeyHealth {
  return ended(key, now, isExposed) ?? troubled(key, now, calls) ?? idle(key, now) ?? healthy;
}

const healthy: KeyHealth = { code: 'healthy', tone: 'good', label: 'Healthy', reason: null };

function ended(
  { status, expiresAt, revokedAt }: Judged,
  now: Date,
  isExposed: boolean,
): KeyHealth | null {
  switch (status) {
    case 'revoked':
      return { code: status, tone: 'bad', label: 'Revoked', reason: ago(revokedAt, now) };
    case 'expired':
      return { code: status, tone: 'quiet', label: 'Expired', reason: ago(expiresAt, now) };
    case 'suspended':
      if (isExposed) {
        return { code: 'exposed', tone: 'bad', label: 'Exposed', reason: 'and suspended' };
      }
      return { code: status, tone: 'warn', label: 'Suspended', reason: null };
    case 'active':
      return isExposed
        ? { code: 'exposed', tone: 'bad', label: 'Exposed', reason: 'and still accepted' }
        : null;
  }
}

function troubled({ expiresAt }: Judged, now: Date, calls?: RecentCalls): KeyHealth | null {
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : since(now, new Date(expiresAt));
  const expiring: KeyHealth = {
    code: 'expiring',
    tone: left <= veryNearDays * day ? 'bad' : 'warn',
    label: 'Expires',
    reason: `in ${span(left)}`,
  };
  if (left <= veryNearDays * day) {
    return expiring;
  }
  return tellRefused(calls) ?? (left <= soonDays * day ? expiring : null);
}

function tellRefused(calls: RecentCalls = { valid: 0, refused: 0 }): KeyHealth | null {
  const all = calls.valid + calls.refused;
  const share = calls.refused / all;
  if (all < manyRefusals.calls || share <= manyRefusals.share) {
    return null;
  }
  const reason = `${Math.round(share * 100)}% of calls in 7 days`;
  return { code: 'refused', tone: 'bad', label: 'Refused a lot', reason };
}

function idle({ createdAt, usage: { lastUsedAt } }: Judged, now: Date): KeyHealth | null {
  const time = since(new Date(lastUsedAt ?? createdAt), now);
  const isIdle = time >= idleDays * day;
  if (lastUsedAt === null) {
    const tone = isIdle ? 'warn' : 'quiet';
    return { code: 'neverUsed', tone, label: 'Never used', reason: `created ${span(time)} ago` };
  }
  return isIdle
    ? { code: 'unused', tone: 'warn', label: 'Unused', reason: `for ${span(time)}` }
    : null;
}

const since = (from: Date, to: Date): number => to.getTime() - from.getTime();

const ago = (time: string | null, now: Date): string | null =>
  time === null ? null : `${span(since(new Date(time), now))} ago`;

/** `5 days`, `3 hours`; below one hour, `minutes`. */
function span(milliseconds: number): string {
  if (milliseconds < hour) {
    return 'minutes';
  }
  const [size, unit] = milliseconds < 2 * day ? [hour, 'hour'] : [day, 'day'];
  const count = Math.floor(milliseconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
