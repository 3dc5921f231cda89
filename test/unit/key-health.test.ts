import { judgeKeyHealth, type RecentCalls } from '@keyward/shared/key-health';
import { describe, expect, test } from 'vitest';

const now = new Date('2027-03-01T12:00:00Z');
const days = (count: number) => new Date(now.getTime() + count * 86_400_000).toISOString();

type Judged = Parameters<typeof judgeKeyHealth>[0];
const busy: Judged = {
  status: 'active',
  createdAt: days(-60),
  expiresAt: days(60),
  revokedAt: null,
  usage: { lastUsedAt: days(-1) },
};
const never = { lastUsedAt: null };

const tell = (change: Partial<Judged>, calls?: RecentCalls, isExposed = false) => {
  const { tone, label, reason } = judgeKeyHealth({ ...busy, ...change }, now, calls, isExposed);
  return `${tone}: ${[label, reason].filter(Boolean).join(' ')}`;
};

describe('the health of a key', () => {
  test.each<[string, Partial<Judged>, RecentCalls?]>([
    ['good: Healthy', {}],
    ['good: Healthy', { expiresAt: null }],
    ['good: Healthy', { expiresAt: days(15) }],
    ['warn: Expires in 14 days', { expiresAt: days(14) }],
    ['warn: Expires in 5 days', { expiresAt: days(5.9) }],
    ['bad: Expires in 2 days', { expiresAt: days(2.5) }],
    ['bad: Expires in 36 hours', { expiresAt: days(1.5) }],
    ['bad: Expires in 1 hour', { expiresAt: days(1 / 24) }],
    ['bad: Expires in minutes', { expiresAt: days(0.01) }],
    ['good: Healthy', { usage: { lastUsedAt: days(-29.9) } }],
    ['warn: Unused for 40 days', { usage: { lastUsedAt: days(-40) } }],
    ['warn: Never used created 60 days ago', { usage: never }],
    ['quiet: Never used created 3 days ago', { usage: never, createdAt: days(-3) }],
    ['quiet: Never used created minutes ago', { usage: never, createdAt: days(0) }],
    ['warn: Suspended', { status: 'suspended', usage: never }],
    ['quiet: Expired 3 days ago', { status: 'expired', expiresAt: days(-3) }],
    ['bad: Revoked 2 days ago', { status: 'revoked', revokedAt: days(-2), expiresAt: days(-1) }],
  ])('%s', (told, change, calls) => {
    expect(tell(change, calls)).toBe(told);
  });

  test.each<[string, Partial<Judged>]>([
    ['bad: Exposed and still accepted', {}],
    ['bad: Exposed and suspended', { status: 'suspended' }],
    ['quiet: Expired 3 days ago', { status: 'expired', expiresAt: days(-3) }],
    ['bad: Revoked 2 days ago', { status: 'revoked', revokedAt: days(-2) }],
  ])('%s, of one that was found in the open', (told, change) => {
    expect(tell(change, { valid: 0, refused: 100 }, true)).toBe(told);
  });

  test.each<[string, RecentCalls, Partial<Judged>?]>([
    ['bad: Refused a lot 38% of calls in 7 days', { valid: 62, refused: 38 }],
    ['bad: Refused a lot 100% of calls in 7 days', { valid: 0, refused: 20 }, { usage: never }],
    ['good: Healthy', { valid: 1, refused: 18 }],
    ['good: Healthy', { valid: 80, refused: 20 }],
    ['good: Healthy', { valid: 0, refused: 0 }],
    [
      'bad: Refused a lot 50% of calls in 7 days',
      { valid: 50, refused: 50 },
      { expiresAt: days(9) },
    ],
    ['bad: Expires in 2 days', { valid: 50, refused: 50 }, { expiresAt: days(2) }],
    ['warn: Suspended', { valid: 0, refused: 100 }, { status: 'suspended' }],
  ])('%s, with %j', (told, calls, change = {}) => {
    expect(tell(change, calls)).toBe(told);
  });
});
