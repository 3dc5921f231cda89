import { compareProfiles } from '@keyward/shared/profile-changes/compare-profiles';
import { servicePresets } from '@keyward/shared/service-presets';
import type { ServiceProfile } from '@keyward/shared/service-profile';
import type { ServiceKeyCounts } from '@keyward/shared/services';
import { describe, expect, test } from 'vitest';

const { contracts } = servicePresets;
const [publicTier, partner, internal] = contracts.tiers;
const [resource, vaults, embed] = contracts.resources;

if (!publicTier || !partner || !internal || !resource || !vaults || !embed) {
  throw new Error('The preset has three tiers and three resources.');
}

function changes(after: Partial<ServiceProfile>, counts?: ServiceKeyCounts) {
  return compareProfiles(
    contracts,
    { ...contracts, ...after },
    {
      counts,
      describeLimit: (rule) => (rule === null ? 'none' : `${rule.limit}/${rule.windowSeconds}`),
      describeLifetime: String,
    },
  );
}

const countsOf = (name: string, keys: number, live = keys): ServiceKeyCounts => ({
  organizations: 1,
  tiers: [{ name, keys, live, onTierLimit: live }],
});

describe('what changes between two profiles', () => {
  test('is nothing for a profile and its copy', () => {
    expect(changes(structuredClone(contracts))).toEqual([]);
  });

  test.each<[string, Partial<ServiceProfile>, string[]]>([
    ['a name', { name: 'Deeds' }, ['Name']],
    ['a description', { description: 'Deeds.' }, ['Description']],
    ['a header', { header: { name: 'X-Api-Key', scheme: null } }, ['Header']],
    ['the kinds', { kinds: ['bot'] }, ['User keys']],
    ['the keys of a member', { userKeysPerMember: 2 }, ['User keys per member']],
    [
      'each default',
      { defaults: { tier: 'partner', expiresInSeconds: 60, permissions: [] } },
      ['Default tier', 'Default lifetime', 'Default permissions'],
    ],
    [
      'a tier that gets another name',
      { tiers: [{ ...publicTier, name: 'open' }, partner, internal] },
      ['Tier public', 'Tier open'],
    ],
    [
      'a tier in each of its parts',
      {
        tiers: [
          {
            ...publicTier,
            description: 'x',
            prefixes: { live: 'a_', test: 'b_' },
            rateLimit: null,
          },
          partner,
          internal,
        ],
      },
      [
        'Tier public: description',
        'Tier public: live prefix',
        'Tier public: test prefix',
        'Tier public: rate limit',
      ],
    ],
    ['an order', { tiers: [partner, publicTier, internal] }, ['Order of the tiers']],
    [
      'a resource and an action',
      { resources: [{ ...resource, actions: resource.actions.slice(1) }, embed] },
      ['Resource vaults', 'Permission contracts:read'],
    ],
  ])('%s is named', (_, after, labels) => {
    expect(changes(after).map(({ label }) => label)).toEqual(labels);
  });

  test('every label is there once, so that a list can be made of them', () => {
    const other = { ...servicePresets['short-links'], slug: contracts.slug };
    const labels = changes(other).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThan(8);
  });
});

describe('what a change means', () => {
  test('a tier with keys cannot go; one without can', () => {
    const without = { tiers: [publicTier, internal] };
    expect(changes(without, countsOf('partner', 3, 0))[0]).toMatchObject({ weight: 'refused' });
    expect(changes(without, countsOf('public', 3))[0]).toMatchObject({ weight: 'plain' });
  });

  test('a limit that gets tighter asks for care, and says for how many keys', () => {
    const withLimit = (rateLimit: ServiceProfile['tiers'][number]['rateLimit']) =>
      changes({ tiers: [{ ...publicTier, rateLimit }, partner, internal] }, countsOf('public', 2));
    const [tighter] = withLimit({ limit: 1_000, windowSeconds: 7_200 });
    expect(tighter).toMatchObject({ weight: 'careful' });
    expect(tighter?.meaning).toContain('2 live keys without a limit of their own');
    expect(withLimit(null)[0]).toMatchObject({ weight: 'plain' });
    expect(withLimit({ limit: 2_000, windowSeconds: 3_600 })[0]).toMatchObject({ weight: 'plain' });
  });

  test('a new action asks for care where a whole resource is granted', () => {
    const action = { name: 'archive', description: 'Archive contracts' };
    const [change] = changes({
      resources: [{ ...resource, actions: [...resource.actions, action] }, vaults, embed],
    });
    expect(change).toMatchObject({ before: null, after: 'Archive contracts', weight: 'careful' });
    expect(change?.meaning).toContain('contracts:*');
  });
});
