import type { ServiceProfile } from '../service-profile.ts';

const crud = (things: string) => [
  { name: 'create', description: `Create ${things}` },
  { name: 'read', description: `View ${things}` },
  { name: 'update', description: `Change ${things}` },
  { name: 'delete', description: `Remove ${things}` },
];

/** H0p: user keys and bot keys over a matrix of resources and actions. */
export const shortLinks: ServiceProfile = {
  slug: 'short-links',
  name: 'Short Links API',
  description: 'Short links, custom domains, click statistics and files.',
  header: { name: 'x-api-key', scheme: null },
  resources: [
    { name: 'shortLinks', description: 'Short links', actions: crud('short links') },
    { name: 'domains', description: 'Custom domains', actions: crud('custom domains') },
    {
      name: 'stats',
      description: 'Analytics and click data',
      actions: [{ name: 'read', description: 'Read analytics and click data' }],
    },
    {
      name: 'files',
      description: 'QR logos and social images',
      actions: [
        { name: 'create', description: 'Upload files' },
        { name: 'read', description: 'View files' },
        { name: 'delete', description: 'Remove files' },
      ],
    },
  ],
  tiers: [
    {
      name: 'default',
      description: 'Every short-links key',
      prefixes: { live: 'h0p_', test: 'h0p_' },
      rateLimit: null,
    },
  ],
  defaults: { tier: 'default', expiresInSeconds: null, permissions: ['shortLinks:read'] },
  userKeysPerMember: 1,
  kinds: ['user', 'bot'],
};
