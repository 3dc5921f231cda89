import {
  IconChartBar,
  IconHistory,
  IconKey,
  IconSettings,
  IconStack2,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';

/** The pages of an organization. Whoever is no admin has no figures of it and nothing to set. */
export const rooms = [
  {
    to: '/o/$organizationSlug/overview',
    label: 'Overview',
    Icon: IconChartBar,
    isForAdmins: true,
  },
  { to: '/o/$organizationSlug/keys', label: 'API keys', Icon: IconKey, isForAdmins: false },
  {
    to: '/o/$organizationSlug/members',
    label: 'Members',
    Icon: IconUsers,
    isForAdmins: false,
  },
  {
    to: '/o/$organizationSlug/services',
    label: 'Services',
    Icon: IconStack2,
    isForAdmins: false,
  },
  {
    to: '/o/$organizationSlug/webhooks',
    label: 'Webhooks',
    Icon: IconWebhook,
    isForAdmins: true,
  },
  {
    to: '/o/$organizationSlug/audit',
    label: 'Audit log',
    Icon: IconHistory,
    isForAdmins: true,
  },
  {
    to: '/o/$organizationSlug/settings',
    label: 'Settings',
    Icon: IconSettings,
    isForAdmins: true,
  },
] as const;
