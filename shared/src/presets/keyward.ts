import type { ServiceProfile } from '../service-profile.ts';

/** Keyward's own API, for verifiers and for bots that manage keys. Every instance has it. */
export const keyward: ServiceProfile = {
  slug: 'keyward',
  name: 'Keyward API',
  description: 'Keyward itself: verify keys, and manage them by API.',
  header: { name: 'Authorization', scheme: 'Bearer' },
  resources: [],
  tiers: [
    {
      name: 'default',
      description: 'Every key to Keyward itself',
      prefixes: { live: 'kw_live_', test: 'kw_test_' },
      rateLimit: null,
    },
  ],
  defaults: { tier: 'default', expiresInSeconds: null, permissions: ['apiKeys:verify'] },
  userKeysPerMember: 1,
  kinds: ['bot', 'user'],
};
