import type { ServiceProfile } from '../service-profile.ts';

/** HitKeep: members' own named tokens, as many as they need. */
export const analytics: ServiceProfile = {
  slug: 'analytics',
  name: 'Analytics API',
  description: 'Web analytics for dashboards, pipelines and internal tools.',
  header: { name: 'Authorization', scheme: 'Bearer' },
  resources: [
    {
      name: 'sites',
      description: 'Sites that are measured',
      actions: [
        { name: 'create', description: 'Add sites' },
        { name: 'read', description: 'List and view sites' },
        { name: 'update', description: 'Change sites' },
        { name: 'delete', description: 'Remove sites' },
      ],
    },
    {
      name: 'stats',
      description: 'Statistics of sites',
      actions: [
        { name: 'read', description: 'Read statistics' },
        { name: 'export', description: 'Export raw statistics' },
      ],
    },
    {
      name: 'goals',
      description: 'Goals and funnels',
      actions: [
        { name: 'read', description: 'View goals' },
        { name: 'write', description: 'Create and change goals' },
      ],
    },
  ],
  tiers: [
    {
      name: 'default',
      description: 'Every analytics token',
      prefixes: { live: 'hk_live_' },
      rateLimit: null,
    },
  ],
  defaults: { tier: 'default', expiresInSeconds: null, permissions: ['sites:read', 'stats:read'] },
  userKeysPerMember: null,
  kinds: ['user', 'bot'],
};
