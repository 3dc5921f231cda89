import { keyward } from '@keyward/shared/presets/keyward';
import { presetNames, servicePresets } from '@keyward/shared/service-presets';
import { type ServiceProfile, serviceProfile } from '@keyward/shared/service-profile';
import { putServiceInput } from '@keyward/shared/services';
import { describe, expect, test } from 'vitest';

const bearer = { name: 'Authorization', scheme: 'Bearer' };

describe('the presets', () => {
  const profiles: [string, ServiceProfile][] = [
    ...Object.entries(servicePresets),
    [keyward.slug, keyward],
  ];

  test('are the five of the design, each under its own slug', () => {
    expect([...presetNames]).toEqual([
      'merchant',
      'analytics',
      'review-loops',
      'short-links',
      'contracts',
    ]);
    for (const [name, profile] of profiles) {
      expect(profile.slug).toBe(name);
    }
  });

  test.each(profiles)(
    '%s is a profile, unchanged by parsing and by a trip through JSON',
    (_, profile) => {
      expect(serviceProfile.parse(profile)).toEqual(profile);
      expect(serviceProfile.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
    },
  );

  test.each([
    { name: 'merchant', header: { name: 'X-Hilt-Key', scheme: null } },
    { name: 'analytics', header: bearer },
    { name: 'review-loops', header: bearer },
    { name: 'short-links', header: { name: 'x-api-key', scheme: null } },
    { name: 'contracts', header: bearer },
  ] as const)('$name takes its key where its product takes it', ({ name, header }) => {
    expect(servicePresets[name].header).toEqual(header);
  });

  test.each([
    { name: 'merchant', prefixes: { default: { live: 'hk_live_', test: 'hk_test_' } } },
    { name: 'analytics', prefixes: { default: { live: 'hk_live_' } } },
    { name: 'review-loops', prefixes: { default: { live: 'hitl_', test: 'hitl_' } } },
    { name: 'short-links', prefixes: { default: { live: 'h0p_', test: 'h0p_' } } },
    {
      name: 'contracts',
      prefixes: {
        public: { live: 'heir_pk_', test: 'heir_pk_' },
        partner: { live: 'heir_pt_', test: 'heir_pt_' },
        internal: { live: 'heir_in_', test: 'heir_in_' },
      },
    },
  ] as const)('$name has the tiers and prefixes of its product', ({ name, prefixes }) => {
    const { tiers } = servicePresets[name];
    expect(Object.fromEntries(tiers.map((tier) => [tier.name, tier.prefixes]))).toEqual(prefixes);
  });

  test('review-loops allows 100 requests an hour; merchant, analytics and short-links set no limit', () => {
    const limits = (name: (typeof presetNames)[number]) =>
      servicePresets[name].tiers.map((tier) => tier.rateLimit);
    expect(limits('review-loops')).toEqual([{ limit: 100, windowSeconds: 3600 }]);
    expect([limits('merchant'), limits('analytics'), limits('short-links')]).toEqual([
      [null],
      [null],
      [null],
    ]);
    const [open, partner, internal] = limits('contracts');
    expect(open?.limit).toBeLessThan(partner?.limit ?? 0);
    expect(internal).toBeNull();
  });

  test('one user key a member is the rule, and analytics and contracts hold any number', () => {
    const held = Object.fromEntries(profiles.map(([name, one]) => [name, one.userKeysPerMember]));
    expect(held).toEqual({
      merchant: 1,
      analytics: null,
      'review-loops': 1,
      'short-links': 1,
      contracts: null,
      keyward: 1,
    });
  });

  test('every preset has user keys and bot keys', () => {
    for (const [, profile] of profiles) {
      expect([...profile.kinds].sort()).toEqual(['bot', 'user']);
    }
  });

  test('the matrices are those of the products', () => {
    const matrix = (profile: ServiceProfile) =>
      Object.fromEntries(
        profile.resources.map((one) => [one.name, one.actions.map((action) => action.name)]),
      );
    const crud = ['create', 'read', 'update', 'delete'];
    expect(matrix(servicePresets['short-links'])).toEqual({
      shortLinks: crud,
      domains: crud,
      stats: ['read'],
      files: ['create', 'read', 'delete'],
    });
    expect(matrix(servicePresets['review-loops'])).toEqual({
      loops: ['read', 'write'],
      requests: ['read', 'write'],
    });
    expect(Object.keys(matrix(servicePresets.contracts))).toEqual(['contracts', 'vaults', 'embed']);
    expect(Object.keys(matrix(servicePresets.merchant))).toEqual(
      expect.arrayContaining([
        'products',
        'checkouts',
        'payments',
        'memberships',
        'receipts',
        'support',
      ]),
    );
  });
});

describe('a bad profile', () => {
  const good = servicePresets['short-links'];
  const [tier] = good.tiers;
  const [resource] = good.resources;
  const withTier = (changes: object) => ({ ...good, tiers: [{ ...tier, ...changes }] });
  const withResource = (changes: object) => ({ ...good, resources: [{ ...resource, ...changes }] });
  const withDefaults = (changes: object) => ({
    ...good,
    defaults: { ...good.defaults, ...changes },
  });

  test.each([
    ['a slug that is none', { ...good, slug: 'Short Links' }, 'slug'],
    ['an empty name', { ...good, name: ' ' }, 'name'],
    [
      'a header name with a space',
      { ...good, header: { name: 'X Key', scheme: null } },
      'header.name',
    ],
    [
      'a header name with a colon',
      { ...good, header: { name: 'X-Key:', scheme: null } },
      'header.name',
    ],
    [
      'a scheme with CRLF',
      { ...good, header: { name: 'X-Key', scheme: 'A\r\nB' } },
      'header.scheme',
    ],
    ['no tier', { ...good, tiers: [] }, 'tiers'],
    ['two tiers of one name', { ...good, tiers: [tier, tier] }, 'tiers'],
    ['a tier without a prefix', withTier({ prefixes: {} }), 'tiers.0.prefixes'],
    [
      'a prefix without its underscore',
      withTier({ prefixes: { live: 'h0p' } }),
      'tiers.0.prefixes.live',
    ],
    ['a prefix in capitals', withTier({ prefixes: { live: 'H0P_' } }), 'tiers.0.prefixes.live'],
    [
      'a limit of nothing',
      withTier({ rateLimit: { limit: 0, windowSeconds: 1 } }),
      'tiers.0.rateLimit.limit',
    ],
    [
      'a window of a fraction',
      withTier({ rateLimit: { limit: 1, windowSeconds: 0.5 } }),
      'tiers.0.rateLimit.windowSeconds',
    ],
    ['two resources of one name', { ...good, resources: [resource, resource] }, 'resources'],
    ['a resource that is built in', withResource({ name: 'apiKeys' }), 'resources.0.name'],
    ['a resource without actions', withResource({ actions: [] }), 'resources.0.actions'],
    [
      'an action with a colon',
      withResource({ actions: [{ name: 'a:b', description: 'x' }] }),
      'resources.0.actions.0.name',
    ],
    ['a default tier that it lacks', withDefaults({ tier: 'gold' }), 'defaults.tier'],
    [
      'a default permission that it lacks',
      withDefaults({ permissions: ['loops:read'] }),
      'defaults.permissions',
    ],
    ['a lifetime of nothing', withDefaults({ expiresInSeconds: 0 }), 'defaults.expiresInSeconds'],
    [
      'a lifetime beyond what a date can hold',
      withDefaults({ expiresInSeconds: 2 ** 53 - 1 }),
      'defaults.expiresInSeconds',
    ],
    ['no user key for a member', { ...good, userKeysPerMember: 0 }, 'userKeysPerMember'],
    ['no kind', { ...good, kinds: [] }, 'kinds'],
    ['a kind twice', { ...good, kinds: ['bot', 'bot'] }, 'kinds'],
    ['an unknown kind', { ...good, kinds: ['admin'] }, 'kinds.0'],
  ])('%s is refused at its path', (_, profile, path) => {
    const issues = serviceProfile.safeParse(profile).error?.issues ?? [];
    expect(issues.map((one) => one.path.join('.'))).toContain(path);
  });

  test('a field that a profile does not have is refused, at every depth', () => {
    const extra = { organizationId: 'org_other' };
    const profiles = [
      { ...good, ...extra },
      { ...good, header: { ...good.header, ...extra } },
      withTier(extra),
      withResource(extra),
      withDefaults(extra),
    ];
    expect(profiles.filter((one) => serviceProfile.safeParse(one).success)).toEqual([]);
  });

  test('a preset is named alone, and by a name that exists', () => {
    expect(putServiceInput.safeParse({ preset: 'short-links' }).success).toBe(true);
    expect(putServiceInput.safeParse({ preset: 'shortlinks' }).success).toBe(false);
    expect(putServiceInput.safeParse({ preset: 'short-links', name: 'Mine' }).success).toBe(false);
    expect(putServiceInput.safeParse({ preset: 'keyward' }).success).toBe(false);
  });
});
