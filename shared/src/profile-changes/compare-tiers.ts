import type { RateLimitRule } from '../rate-limit.ts';
import type { Environment, Tier } from '../service-profile.ts';
import type { ServiceKeyCounts } from '../services.ts';
import {
  changeOf,
  changeOfOrder,
  countOf,
  type ProfileChange,
  pairByName,
} from './profile-change.ts';

type TierCounts = ServiceKeyCounts['tiers'][number];

/** @param describeLimit a rate limit in words. */
export function compareTiers(
  before: readonly Tier[],
  after: readonly Tier[],
  {
    counts,
    describeLimit,
  }: {
    counts: ServiceKeyCounts | undefined;
    describeLimit: (rule: RateLimitRule | null) => string;
  },
): ProfileChange[] {
  const countsOf = (tier: Tier) => counts?.tiers.find(({ name }) => name === tier.name);
  const { removed, added, kept } = pairByName(before, after);
  return [
    ...removed.map((tier) => removalOf(tier, counts === undefined ? undefined : countsOf(tier))),
    ...added.flatMap((tier) =>
      changeOf(
        `Tier ${tier.name}`,
        [null, describeLimit(tier.rateLimit)],
        'Keys can be made in it from now on.',
      ),
    ),
    ...kept.flatMap(([was, is]) => [
      ...changeOf(
        `Tier ${is.name}: description`,
        [was.description, is.description],
        'Shown where a tier is chosen.',
      ),
      ...comparePrefix(was, is, 'live'),
      ...comparePrefix(was, is, 'test'),
      ...changeOf(
        `Tier ${is.name}: rate limit`,
        [describeLimit(was.rateLimit), describeLimit(is.rateLimit)],
        meaningOfLimit(countsOf(is)),
        isTighter(was.rateLimit, is.rateLimit) ? 'careful' : 'plain',
      ),
    ]),
    ...changeOfOrder('Order of the tiers', before, after),
  ];
}

// A service without any key of the tier has no count of it.
function removalOf(tier: Tier, counts: TierCounts | undefined): ProfileChange {
  const keys = counts?.keys ?? 0;
  return {
    label: `Tier ${tier.name}`,
    before: tier.description,
    after: null,
    meaning:
      keys > 0
        ? `It has ${countOf(keys, 'key')}, those that have ended among them. A tier that has keys stays.`
        : 'No key is of this tier. None can be made in it from now on.',
    weight: keys > 0 ? 'refused' : 'plain',
  };
}

function comparePrefix(was: Tier, is: Tier, environment: Environment): ProfileChange[] {
  const prefix = is.prefixes[environment];
  return changeOf(
    `Tier ${is.name}: ${environment} prefix`,
    [was.prefixes[environment] ?? null, prefix ?? null],
    prefix === undefined
      ? `No more ${environment} keys in this tier. Those that exist stay good.`
      : `New ${environment} keys begin with ${prefix}. Those that exist keep their secret and stay good.`,
  );
}

function meaningOfLimit(counts: TierCounts | undefined): string {
  const keys = counts?.onTierLimit ?? 0;
  return keys === 0
    ? 'Holds at once for every key of this tier that has no limit of its own.'
    : `Holds at once for ${countOf(keys, 'live key')} without a limit of ${keys === 1 ? 'its' : 'their'} own.`;
}

function isTighter(was: RateLimitRule | null, is: RateLimitRule | null): boolean {
  if (is === null || was === null) {
    return was === null;
  }
  return is.limit / is.windowSeconds < was.limit / was.windowSeconds;
}
