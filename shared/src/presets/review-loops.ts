import type { ServiceProfile } from '../service-profile.ts';

/** HITL.sh: human review of what machines propose, 100 requests an hour. */
export const reviewLoops: ServiceProfile = {
  slug: 'review-loops',
  name: 'Review Loops API',
  description: 'Human review: loops, the requests in them, and who reviews.',
  header: { name: 'Authorization', scheme: 'Bearer' },
  resources: [
    {
      name: 'loops',
      description: 'Review loops, their members and statistics',
      actions: [
        { name: 'read', description: 'View loops, members and statistics' },
        { name: 'write', description: 'Create, change and delete loops, manage their members' },
      ],
    },
    {
      name: 'requests',
      description: 'Requests for review',
      actions: [
        { name: 'read', description: 'View requests, responses and history' },
        { name: 'write', description: 'Create and cancel requests, add feedback' },
      ],
    },
  ],
  tiers: [
    {
      name: 'default',
      description: '100 requests an hour, counted from the first',
      prefixes: { live: 'hitl_', test: 'hitl_' },
      rateLimit: { limit: 100, windowSeconds: 3600 },
    },
  ],
  defaults: {
    tier: 'default',
    expiresInSeconds: null,
    permissions: ['loops:read', 'loops:write', 'requests:read', 'requests:write'],
  },
  userKeysPerMember: 1,
  kinds: ['user', 'bot'],
};
