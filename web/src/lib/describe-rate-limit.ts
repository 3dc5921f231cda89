import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { formatCount } from './format-time.ts';

const windows = new Map([
  [1, 'a second'],
  [60, 'a minute'],
  [3_600, 'an hour'],
  [86_400, 'a day'],
  [7 * 86_400, 'a week'],
]);

/** A limit in plain words: `1,000 requests an hour`, `No limit`. */
export function describeRateLimit(rule: RateLimitRule | null): string {
  if (rule === null) {
    return 'No limit';
  }
  const window = windows.get(rule.windowSeconds) ?? `in ${formatCount(rule.windowSeconds)} seconds`;
  return `${formatCount(rule.limit)} ${rule.limit === 1 ? 'request' : 'requests'} ${window}`;
}
