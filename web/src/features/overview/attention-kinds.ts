import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { inferRouterOutputs } from '@trpc/server';
import { describeOutcome } from '../../lib/describe-outcome.ts';
import { formatShare } from '../../lib/format-share.ts';
import { formatCount, formatRelativeTime } from '../../lib/format-time.ts';

export type Attention = inferRouterOutputs<AppRouter>['keys']['attention'];
export type AttentionKey = Attention['unused']['data'][number];

/** The value of the filter in the address of the list of keys. */
type ListFilter =
  | 'exposed'
  | 'expiring'
  | 'unused-30'
  | 'never-used-7'
  | 'refused'
  | 'over-privileged';

/** One reason to look at keys, and those that have it. */
export interface AttentionKind {
  filter: ListFilter;
  /** Of the keys that the list is to show; absent for all. */
  status?: 'active';
  title: string;
  /** What to do about it, in one sentence. */
  advice: string;
  /** What it says when no key has it. */
  none: string;
  count: number;
  rows: { key: AttentionKey; evidence: string }[];
}

/** Every reason, the most pressing first. */
export function toAttentionKinds(attention: Attention): AttentionKind[] {
  const { exposed, expiring, refused, overPrivileged, unused, neverUsed } = attention;
  return [
    {
      filter: 'exposed',
      title: 'Found in the open',
      advice: 'Rotate it and finish the rotation, or revoke it.',
      none: 'no secret was found in the open',
      ...told(exposed, describeExposed),
    },
    {
      filter: 'expiring',
      status: 'active',
      title: 'Expires within 14 days',
      advice: 'Extend it, or replace it before its callers are refused.',
      none: 'no key expires within 14 days',
      ...told(expiring, ({ expiresAt }) =>
        expiresAt === null ? '' : `Expires ${formatRelativeTime(expiresAt)}`,
      ),
    },
    {
      filter: 'refused',
      status: 'active',
      title: 'Refused a lot in 7 days',
      advice: 'More than a fifth of its calls fail: see why, and tell its owner.',
      none: 'no key is refused a lot',
      ...told(refused, describeRefused),
    },
    {
      filter: 'over-privileged',
      status: 'active',
      title: 'Holds more than it used in 30 days',
      advice: 'Take away what it does without, so that a leak opens less.',
      none: 'no key holds more than it uses',
      ...told(overPrivileged, describeUnused),
    },
    {
      filter: 'unused-30',
      status: 'active',
      title: 'Unused for 30 days',
      advice: 'Ask its owner whether it is needed, or revoke it.',
      none: 'no key is unused for 30 days',
      ...told(unused, ({ lastUsedAt, createdAt }) =>
        lastUsedAt === null
          ? `Never used, created ${formatRelativeTime(createdAt)}`
          : `Last used ${formatRelativeTime(lastUsedAt)}`,
      ),
    },
    {
      filter: 'never-used-7',
      status: 'active',
      title: 'Never used in over 7 days',
      advice: 'Its secret lies somewhere for nothing: put it to use, or revoke it.',
      none: 'no key was left unused since it was created',
      ...told(neverUsed, ({ createdAt }) => `Created ${formatRelativeTime(createdAt)}`),
    },
  ];
}

function told<Key extends AttentionKey>(
  { count, data }: { count: number; data: readonly Key[] },
  describe: (key: Key) => string,
): Pick<AttentionKind, 'count' | 'rows'> {
  return { count, rows: data.map((key) => ({ key, evidence: describe(key) })) };
}

function describeExposed({
  url,
  source,
  foundAt,
  status,
}: Attention['exposed']['data'][number]): string {
  const place = url === null ? source : new URL(url).host;
  const standing = status === 'active' ? 'Still accepted, found' : 'Suspended, found';
  return `${standing} ${formatRelativeTime(foundAt)}${place === null ? '' : ` at ${place}`}`;
}

function describeRefused(key: Attention['refused']['data'][number]): string {
  const { calls, refused, gate } = key;
  const why = describeOutcome[gate].label.toLowerCase();
  return `${formatShare(refused, calls)} of ${formatCount(calls)} calls refused, most: ${why}`;
}

function describeUnused(key: Attention['overPrivileged']['data'][number]): string {
  const [first = 'all that it holds', ...others] = key.unusedPermissions;
  const named = first.endsWith(':*') ? `all of ${first.slice(0, -2)}` : first;
  return `Did not use ${named}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
