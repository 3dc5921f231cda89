import type { ServiceProfile } from '../service-profile.ts';

/** Hilt: server-side merchant integrations with many named keys. */
export const merchant: ServiceProfile = {
  slug: 'merchant',
  name: 'Merchant API',
  description: 'Products, checkout, payments and memberships for a merchant’s own backend.',
  header: { name: 'X-Hilt-Key', scheme: null },
  resources: [
    {
      name: 'products',
      description: 'Products for sale',
      actions: [
        { name: 'create', description: 'Add products' },
        { name: 'read', description: 'List and view products' },
        { name: 'update', description: 'Change products' },
        { name: 'delete', description: 'Take products off sale' },
      ],
    },
    {
      name: 'checkouts',
      description: 'Hosted checkout helpers',
      actions: [
        { name: 'create', description: 'Open a hosted checkout' },
        { name: 'read', description: 'View checkouts' },
      ],
    },
    {
      name: 'payments',
      description: 'Payment status',
      actions: [{ name: 'read', description: 'See whether a payment arrived' }],
    },
    {
      name: 'memberships',
      description: 'Memberships of customers',
      actions: [
        { name: 'read', description: 'View memberships' },
        { name: 'update', description: 'Extend or end memberships' },
      ],
    },
    {
      name: 'receipts',
      description: 'Receipts of payments',
      actions: [{ name: 'read', description: 'Fetch receipts' }],
    },
    {
      name: 'support',
      description: 'Support automation',
      actions: [
        { name: 'read', description: 'Read support cases' },
        { name: 'update', description: 'Answer and close support cases' },
      ],
    },
  ],
  tiers: [
    {
      name: 'default',
      description: 'Every merchant key',
      prefixes: { live: 'hk_live_', test: 'hk_test_' },
      rateLimit: null,
    },
  ],
  defaults: { tier: 'default', expiresInSeconds: null, permissions: ['products:read'] },
  userKeysPerMember: 1,
  kinds: ['bot', 'user'],
};
