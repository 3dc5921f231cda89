import type { Outcome, Refusal } from '@keyward/shared/outcomes';
import type { Story } from './demo-cast.ts';

/** How often an outcome was met in an hour. */
export interface HourOfTraffic {
  /** In milliseconds since the epoch. */
  at: number;
  outcome: Outcome;
  count: number;
}

/** From where a key was called; the times are milliseconds since the epoch. */
export interface SeenAddress {
  address: string;
  valid: number;
  refused: number;
  first: number;
  last: number;
}

/** What is refused, how large a part of the calls, and for how many days until now. */
interface Refused {
  outcome: Refusal;
  share: number;
  days: number;
}

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
export const demoDays = 30;

const refusals: Partial<Record<Story, Refused>> = {
  limited: { outcome: 'RATE_LIMITED', share: 0.28, days: 12 },
  locked: { outcome: 'IP_NOT_ALLOWED', share: 0.12, days: 9 },
  lacking: { outcome: 'INSUFFICIENT_PERMISSIONS', share: 0.41, days: 6 },
  // After their end nothing is accepted any more.
  revoked: { outcome: 'REVOKED', share: 1, days: 5 },
  expired: { outcome: 'EXPIRED', share: 1, days: 3 },
  suspended: { outcome: 'SUSPENDED', share: 1, days: 2 },
};

/** How long ago, in days, a key with this story came to its end; null while it has not. */
export function daysSinceEnd(story: Story): number | null {
  const refused = refusals[story];
  return refused?.share === 1 ? refused.days : null;
}

/** Thirty days of a key's calls, by hour, that rise and fall as those of its kind do. */
export function makeTraffic(story: Story, now: number): HourOfTraffic[] {
  if (story === 'never' || story === 'faded') {
    return [];
  }
  const mean = 20 * 12 ** Math.random();
  const traffic: HourOfTraffic[] = [];
  const first = Math.floor((now - demoDays * dayMilliseconds) / hourMilliseconds);
  for (let hour = first; hour * hourMilliseconds < now; hour += 1) {
    const at = hour * hourMilliseconds;
    const calls = Math.round(mean * rhythm(story, new Date(at)) * (0.7 + 0.6 * Math.random()));
    const refused = refusedOf(story, now - at, calls);
    for (const [outcome, count] of [
      ['VALID', calls - (refused?.count ?? 0)],
      [refused?.outcome ?? 'VALID', refused?.count ?? 0],
    ] as const) {
      if (count > 0) {
        traffic.push({ at, outcome, count });
      }
    }
  }
  return traffic;
}

/** One to three addresses that share the calls, most of them from the first. */
export function makeAddresses(story: Story, hours: readonly HourOfTraffic[]): SeenAddress[] {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) {
    return [];
  }
  const sum = (isValid: boolean) =>
    hours.reduce(
      (total, { outcome, count }) => total + ((outcome === 'VALID') === isValid ? count : 0),
      0,
    );
  const times = { first: first.at, last: last.at };
  const [valid, refused] = [sum(true), sum(false)];
  // Whoever is locked out calls from elsewhere.
  const stranger = story === 'locked' ? refused : 0;
  const parts = [0.7, 0.25, 0.05].slice(0, 1 + Math.floor(Math.random() * 3));
  const addresses = parts.map((part, index) => ({
    address: `198.51.100.${index * 80 + 1 + Math.floor(Math.random() * 80)}`,
    valid: Math.round(valid * part),
    refused: index === 0 ? refused - stranger : 0,
    ...times,
  }));
  return stranger === 0
    ? addresses
    : [...addresses, { address: '203.0.113.77', valid: 0, refused: stranger, ...times }];
}

function refusedOf(story: Story, age: number, calls: number) {
  const refused = refusals[story];
  if (refused === undefined || age > refused.days * dayMilliseconds) {
    // Now and then somebody asks for what the key may not do.
    return Math.random() < 0.01
      ? { outcome: 'INSUFFICIENT_PERMISSIONS' as const, count: Math.ceil(calls * 0.02) }
      : null;
  }
  return { outcome: refused.outcome, count: Math.round(calls * refused.share) };
}

/** How busy an hour is beside the mean. */
function rhythm(story: Story, at: Date): number {
  const hour = at.getUTCHours();
  const isWeekend = at.getUTCDay() % 6 === 0;
  if (story === 'nightly') {
    return hour === 2 ? 12 : 0;
  }
  if (story === 'office') {
    return isWeekend || hour < 7 || hour > 17 ? 0 : 1.6;
  }
  const day = 0.55 + 0.45 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
  return (0.4 + 1.2 * day) * (isWeekend ? 0.6 : 1);
}
