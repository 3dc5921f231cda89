import type { ServiceProfile } from '../service-profile.ts';

const readAndWrite = (things: string) => [
  { name: 'read', description: `View ${things}` },
  { name: 'write', description: `Create and change ${things}` },
];

/** HEIR: three tiers, each with its prefix and its limit, and a scope for each resource. */
export const contracts: ServiceProfile = {
  slug: 'contracts',
  name: 'Contracts API',
  description: 'Contracts, vaults and embedding, in public, partner and internal tiers.',
  header: { name: 'Authorization', scheme: 'Bearer' },
  resources: [
    { name: 'contracts', description: 'Contracts', actions: readAndWrite('contracts') },
    { name: 'vaults', description: 'Vaults', actions: readAndWrite('vaults') },
    {
      name: 'embed',
      description: 'Embedding in other pages',
      actions: [{ name: 'use', description: 'Embed contracts in other pages' }],
    },
  ],
  tiers: [
    {
      name: 'public',
      description: 'Standard access',
      prefixes: { live: 'heir_pk_', test: 'heir_pk_' },
      rateLimit: { limit: 1_000, windowSeconds: 3600 },
    },
    {
      name: 'partner',
      description: 'Extended access and embedding',
      prefixes: { live: 'heir_pt_', test: 'heir_pt_' },
      rateLimit: { limit: 10_000, windowSeconds: 3600 },
    },
    {
      name: 'internal',
      description: 'Full access, without a limit',
      prefixes: { live: 'heir_in_', test: 'heir_in_' },
      rateLimit: null,
    },
  ],
  defaults: { tier: 'public', expiresInSeconds: null, permissions: ['contracts:*'] },
  userKeysPerMember: null,
  kinds: ['user', 'bot'],
};
