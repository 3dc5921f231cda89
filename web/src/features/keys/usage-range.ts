/** How far back the calls of a key are shown, by its name in the address. */
export const usageRanges = {
  '24h': { label: '24 hours', hours: 24 },
  '7d': { label: '7 days', hours: 7 * 24 },
  '30d': { label: '30 days', hours: 30 * 24 },
  '90d': { label: '90 days', hours: 90 * 24 },
} as const;

export type UsageRange = keyof typeof usageRanges;
export type Bucket = 'hour' | 'day';

export const allRanges: readonly UsageRange[] = ['24h', '7d', '30d', '90d'];

/** What the address bar says of the calls that are shown. */
export interface UsageView {
  range?: UsageRange;
  /** Left out: what suits the range. */
  by?: Bucket;
}

export const defaultRange: UsageRange = '7d';

/** Reads the view from an address; what makes no sense is left out. */
export function readUsageView(search: { range?: unknown; by?: unknown }): UsageView {
  const range = allRanges.find((one) => one === search.range && one !== defaultRange);
  const by = (['hour', 'day'] as const).find((one) => one === search.by);
  return { ...(range !== undefined && { range }), ...(by !== undefined && { by }) };
}

/** Why a range cannot be shown in such buckets; undefined where it can. */
export function refuseBucket(range: UsageRange, bucket: Bucket): string | undefined {
  if (bucket === 'day' && range === '24h') {
    return 'One day is shown by the hour.';
  }
  return bucket === 'hour' && usageRanges[range].hours > 7 * 24
    ? 'Hours are shown for at most 7 days.'
    : undefined;
}

/** The range and the buckets that are shown for a view. */
export function settleView({ range = defaultRange, by }: UsageView) {
  const usual = range === '24h' ? 'hour' : 'day';
  const bucket = by === undefined || refuseBucket(range, by) !== undefined ? usual : by;
  return { range, bucket };
}

const milliseconds = { hour: 3_600_000, day: 86_400_000 };

/** When the oldest bucket of a range begins: the one that now lies in is the range's last. */
export function beginOf(range: UsageRange, bucket: Bucket, now = Date.now()): Date {
  const step = milliseconds[bucket];
  const buckets = (usageRanges[range].hours * milliseconds.hour) / step;
  return new Date((Math.floor(now / step) - buckets + 1) * step);
}
