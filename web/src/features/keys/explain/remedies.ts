import type { Outcome } from '@keyward/shared/outcomes';
import type { Question } from './use-explain-key.ts';

/** Where something is mended. */
export type RemedyPlace =
  | 'overview'
  | 'permissions'
  | 'network'
  | 'secrets'
  | 'new key'
  | 'members'
  | 'services'
  | 'settings';

/** What mends a refusal, and where. */
export interface Remedy {
  text: string;
  /** Null where nothing in the console mends it. */
  link: { place: RemedyPlace; label: string } | null;
}

type Refusal = Exclude<Outcome, 'VALID'>;

const remedies: Readonly<Record<Refusal, (question: Question) => Remedy>> = {
  NOT_FOUND: () => ({
    text: 'Check that the secret was pasted whole, and that the key belongs to this organization. If it is lost, rotate the key to get another.',
    link: { place: 'secrets', label: 'See its secrets' },
  }),
  REVOKED: () => ({
    text: 'A revoked key stays revoked. Create another, and put its secret where this one was.',
    link: { place: 'new key', label: 'Create a key' },
  }),
  RETIRED: () => ({
    text: 'The caller still sends the older secret: give it the newer one.',
    link: { place: 'secrets', label: 'See its secrets' },
  }),
  EXPIRED: () => ({
    text: 'Give the key a later end, or create another.',
    link: { place: 'overview', label: 'Change its expiry' },
  }),
  SUSPENDED: () => ({
    text: 'Find out why it was suspended; if that is settled, resume it.',
    link: { place: 'overview', label: 'Resume the key' },
  }),
  ORGANIZATION_SUSPENDED: () => ({
    text: 'An operator of this Keyward suspended the organization, and can resume it.',
    link: { place: 'settings', label: 'See the organization' },
  }),
  SERVICE_DISABLED: () => ({
    text: 'An operator of this Keyward disabled the service, and can enable it.',
    link: { place: 'services', label: 'See the services' },
  }),
  WRONG_SERVICE: ({ service }) => ({
    text: `A key opens one service. For ${service ?? 'another one'} use a key that was made for it.`,
    link: { place: 'new key', label: 'Create a key' },
  }),
  IP_NOT_ALLOWED: ({ address }) => ({
    text:
      address === null
        ? 'The key may be used from some addresses only, and the call did not say where it came from: enter one above, and let the service pass it on.'
        : `Allow ${address}, if the call should come from there.`,
    link: { place: 'network', label: 'Change its addresses' },
  }),
  INSUFFICIENT_PERMISSIONS: ({ permission }) => ({
    text: `Grant ${permission ?? 'the permission'}, if this key should do that.`,
    link: { place: 'permissions', label: 'Change its permissions' },
  }),
  RATE_LIMITED: () => ({
    text: 'Let the caller wait until the window ends, or give the key a higher limit.',
    link: { place: 'overview', label: 'Change its limit' },
  }),
};

const masked: Remedy = {
  text: 'It was granted, but counts only while the owner of the key is an owner or admin. Change their role, or let a bot key do this.',
  link: { place: 'members', label: 'See the members' },
};

/**
 * What mends this outcome; null where there is nothing to mend.
 * @param isGranted whether the key was granted the permission that was asked for.
 */
export function remedyOf(outcome: Outcome, question: Question, isGranted: boolean): Remedy | null {
  if (outcome === 'INSUFFICIENT_PERMISSIONS' && isGranted) {
    return masked;
  }
  return outcome === 'VALID' ? null : remedies[outcome](question);
}
