import type { KeyStatus } from '@keyward/shared/keys';
import type { Environment, KeyKind } from '@keyward/shared/service-profile';
import type { Tone } from '../../ui/status-mark.tsx';

export const statusLabels: Record<KeyStatus, string> = {
  active: 'Active',
  suspended: 'Suspended',
  expired: 'Expired',
  revoked: 'Revoked',
};

export const statuses = keysOf(statusLabels);

export const statusTones: Record<KeyStatus, Tone> = {
  active: 'good',
  suspended: 'warn',
  expired: 'quiet',
  revoked: 'bad',
};

export const kindLabels: Record<KeyKind, string> = { user: 'User', bot: 'Bot' };

export const kinds = keysOf(kindLabels);

export const environmentLabels: Record<Environment, string> = { live: 'Live', test: 'Test' };

export const environments = keysOf(environmentLabels);

/** Why somebody should look at a key. */
export type Attention =
  | 'exposed'
  | 'unused-30'
  | 'unused-90'
  | 'never-used'
  | 'never-used-7'
  | 'expiring'
  | 'refused'
  | 'over-privileged';

export const attentionLabels: Record<Attention, string> = {
  exposed: 'Found in the open',
  'unused-30': 'Unused for 30 days',
  'unused-90': 'Unused for 90 days',
  'never-used': 'Never used',
  'never-used-7': 'Never used in 7 days',
  expiring: 'Expires in 14 days',
  refused: 'Refused a lot',
  'over-privileged': 'Over-privileged',
};

export const attentions = keysOf(attentionLabels);

// Object.keys forgets what it was given: a record's own names, and no others.
function keysOf<Name extends string>(labels: Record<Name, string>): Name[] {
  return Object.keys(labels) as Name[];
}
