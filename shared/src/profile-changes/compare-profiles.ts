import type { RateLimitRule } from '../rate-limit.ts';
import type { KeyKind, ServiceProfile } from '../service-profile.ts';
import type { ServiceKeyCounts } from '../services.ts';
import { compareResources } from './compare-resources.ts';
import { compareTiers } from './compare-tiers.ts';
import { changeOf, countOf, type ProfileChange } from './profile-change.ts';

interface CompareOptions {
  /** The keys of the service; undefined while they are not known. */
  counts?: ServiceKeyCounts | undefined;
  /** How the caller puts a rate limit and a lifetime into words; null is for none. */
  describeLimit: (rule: RateLimitRule | null) => string;
  describeLifetime: (seconds: number | null) => string;
}

const shown = 'Shown in the console and by the API. Nothing else follows from it.';

/** What differs between two profiles of one service, and what follows from it. Pure. */
export function compareProfiles(
  before: ServiceProfile,
  after: ServiceProfile,
  options: CompareOptions,
): ProfileChange[] {
  return [
    ...changeOf('Name', [before.name, after.name], shown),
    ...changeOf('Description', [before.description, after.description], shown),
    ...compareHeaders(before, after),
    ...compareKinds(before, after),
    ...changeOf(
      'User keys per member',
      [describeMost(before.userKeysPerMember), describeMost(after.userKeysPerMember)],
      'Counts for new user keys. Whoever holds more keeps them.',
    ),
    ...compareTiers(before.tiers, after.tiers, { counts: undefined, ...options }),
    ...compareResources(before.resources, after.resources),
    ...compareDefaults(before.defaults, after.defaults, options),
  ];
}

function compareHeaders(before: ServiceProfile, after: ServiceProfile): ProfileChange[] {
  const was = describeHeader(before);
  const is = describeHeader(after);
  return changeOf(
    'Header',
    [was, is],
    `Gateways look for the key in ${is} at once. Callers that still send ${was} may be refused: tell them first.`,
    'careful',
  );
}

function compareKinds(before: ServiceProfile, after: ServiceProfile): ProfileChange[] {
  const offer = (profile: ServiceProfile, kind: KeyKind) =>
    profile.kinds.includes(kind) ? 'Allowed' : 'Not allowed';
  return (['user', 'bot'] as const).flatMap((kind) =>
    changeOf(
      kind === 'user' ? 'User keys' : 'Bot keys',
      [offer(before, kind), offer(after, kind)],
      after.kinds.includes(kind)
        ? `New ${kind} keys can be made.`
        : `No new ${kind} keys can be made. Those that exist stay good.`,
    ),
  );
}

function compareDefaults(
  before: ServiceProfile['defaults'],
  after: ServiceProfile['defaults'],
  { describeLifetime }: CompareOptions,
): ProfileChange[] {
  const meaning = 'What a new key begins with. Keys that exist stay as they are.';
  const listed = (permissions: readonly string[]) =>
    permissions.length === 0 ? 'None' : permissions.toSorted().join(', ');
  return [
    ...changeOf('Default tier', [before.tier, after.tier], meaning),
    ...changeOf(
      'Default lifetime',
      [describeLifetime(before.expiresInSeconds), describeLifetime(after.expiresInSeconds)],
      meaning,
    ),
    ...changeOf(
      'Default permissions',
      [listed(before.permissions), listed(after.permissions)],
      meaning,
    ),
  ];
}

const describeHeader = ({ header }: ServiceProfile): string =>
  header.scheme === null ? header.name : `${header.name}: ${header.scheme}`;

const describeMost = (most: number | null): string =>
  most === null ? 'Any number' : countOf(most, 'key');
