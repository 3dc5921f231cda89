import type { WebhookEvent } from '@keyward/shared/webhooks';

interface EventGroup {
  title: string;
  note?: string;
  events: Readonly<Partial<Record<WebhookEvent, string>>>;
}

// By name and not by list: an event without a description fails to compile, further down.
const keyChanges = {
  'key.created': 'A key is made or imported',
  'key.updated': 'Its name, permissions, limit, addresses or expiry change',
  'key.suspended': 'A key stops working until it is resumed',
  'key.resumed': 'A suspended key works again',
  'key.rotated': 'A second secret is made, and both work for a while',
  'key.rotation_finished': 'One of the two secrets has retired',
  'key.revoked': 'A key is dead for good',
} as const;

const keyNotices = {
  'key.expiring': '14 days, 3 days and 1 day before a key expires',
  'key.expired': 'A key has expired',
  'key.first_used': 'A key is used for the first time',
  'key.unused': 'A key has not been used for 30 days',
  'key.rate_limited': 'A key reached its limit. At most once an hour for each key',
  'key.refused': 'A key is refused for a reason that it has not met for a day',
} as const;

const members = {
  'member.invited': 'Somebody is invited',
  'member.joined': 'Somebody joins',
  'member.role_changed': 'A member becomes owner, admin or member',
  'member.removed': 'A member leaves or is removed, and their keys with them',
} as const;

const organization = {
  'organization.updated': 'It is called otherwise',
  'organization.suspended': 'The operator suspends it, and all its keys are refused',
  'organization.resumed': 'It is resumed, and its keys work again',
  'organization.guardrails_changed': 'The rules for its keys change',
  'organization.second_factor_changed': 'Members have to have a second factor, or no longer',
} as const;

const webhooks = {
  'webhook.disabled': 'Another webhook was disabled, by Keyward or by a person',
} as const;

export const eventDescriptions = {
  ...keyChanges,
  ...keyNotices,
  ...members,
  ...organization,
  ...webhooks,
} satisfies Readonly<Record<WebhookEvent, string>>;

export const eventGroups: readonly EventGroup[] = [
  { title: 'Changes of keys', events: keyChanges },
  { title: 'News of keys', note: 'What nobody did, but time or traffic', events: keyNotices },
  { title: 'Members', events: members },
  { title: 'Organization', events: organization },
  { title: 'Webhooks', events: webhooks },
];

export const eventsOf = ({ events }: EventGroup): WebhookEvent[] =>
  // The keys of an object are strings to TypeScript, whatever its type says.
  Object.keys(events) as WebhookEvent[];

/** `All events`, `key.revoked`, `3 events`. */
export function summarizeEvents(events: readonly string[]): string {
  const [only] = events;
  if (only === undefined) {
    return 'All events';
  }
  return events.length === 1 ? only : `${events.length} events`;
}
