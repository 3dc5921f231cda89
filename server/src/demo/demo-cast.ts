import type { Role } from '@keyward/shared/organizations';
import type { PresetName } from '@keyward/shared/service-presets';

/** How a key of the demo lives: what it is called with, and what becomes of it. */
export const stories = [
  'steady',
  'office',
  'nightly',
  'wide',
  'limited',
  'locked',
  'lacking',
  'rotating',
  'expiring',
  'faded',
  'never',
  'revoked',
  'expired',
  'suspended',
] as const;

export type Story = (typeof stories)[number];

export interface DemoKey {
  service: PresetName;
  name: string;
  story: Story;
}

export interface DemoPerson {
  name: string;
  /** Before the @ of the address. */
  email: string;
  role: Role;
  /** Services of which they hold a key of their own. */
  keys: readonly PresetName[];
}

export interface DemoOrganization {
  name: string;
  slug: string;
  people: readonly DemoPerson[];
  keys: readonly DemoKey[];
}

const systems: Readonly<Record<PresetName, readonly string[]>> = {
  merchant: [
    'Checkout backend',
    'Warehouse fulfilment sync',
    'Production Telegram bot',
    'Discord checkout integration',
    'Launch-week support script',
    'Membership renewals',
    'Receipt archive',
    'Refund desk',
    'Storefront price feed',
  ],
  analytics: [
    'Weekly board report',
    'Data warehouse export',
    'Status page probe',
    'Campaign dashboard',
    'Goal importer',
    'Site provisioning',
    'Newsletter statistics',
    'Anomaly alerts',
  ],
  'review-loops': [
    'Content moderation queue',
    'Translation review',
    'Model output sampling',
    'Contract red lines',
    'Support macro review',
    'Image approval',
  ],
  'short-links': [
    'Link importer',
    'Campaign mailer',
    'QR poster generator',
    'Social scheduler',
    'Affiliate links',
    'Domain health check',
    'Push notifications',
    'Zapier bridge',
  ],
  contracts: [
    'NDA sender',
    'Vault backup',
    'Signing page embed',
    'CRM sync',
    'Partner portal',
    'Renewal reminders',
    'Legal archive',
  ],
};

const regions = ['EU', 'US'];

/** Every system in each region, with a story each, all of which come round. */
function makeKeys(services: readonly PresetName[], from: number): DemoKey[] {
  const named = regions.flatMap((region) =>
    services.flatMap((service) =>
      systems[service].map((system) => ({ service, name: `${system}, ${region}` })),
    ),
  );
  return named.map((key, index) => ({ ...key, story: pickStory(index + from) }));
}

// Most keys of a real organization just work.
function pickStory(index: number): Story {
  const plain: readonly Story[] = ['steady', 'office', 'nightly'];
  const picked = index % 2 === 0 ? plain[(index / 2) % 3] : stories[((index - 1) / 2) % 14];
  return picked ?? 'steady';
}

export const demoOrganizations: readonly DemoOrganization[] = [
  {
    name: 'Northwind Trading (demo)',
    slug: 'northwind-demo',
    people: [
      { name: 'Amara Okafor', email: 'amara', role: 'admin', keys: ['merchant', 'short-links'] },
      { name: 'Jonas Weber', email: 'jonas', role: 'member', keys: ['merchant', 'analytics'] },
      { name: 'Mei Tanaka', email: 'mei', role: 'member', keys: ['short-links', 'review-loops'] },
      { name: 'Lucas Martin', email: 'lucas', role: 'member', keys: ['contracts'] },
      { name: 'Priya Nair', email: 'priya', role: 'member', keys: [] },
    ],
    keys: makeKeys(['merchant', 'analytics', 'review-loops', 'short-links', 'contracts'], 0),
  },
  {
    name: 'Blue Harbor Media (demo)',
    slug: 'blue-harbor-demo',
    people: [
      { name: 'Sofia Rossi', email: 'sofia', role: 'admin', keys: ['analytics', 'short-links'] },
      { name: 'Noah Smith', email: 'noah', role: 'member', keys: ['short-links'] },
      { name: 'Elif Demir', email: 'elif', role: 'member', keys: ['review-loops'] },
    ],
    keys: makeKeys(['analytics', 'review-loops', 'short-links'], 5),
  },
];
