import type { Permission } from '@keyward/shared/permissions';
import type { Environment, KeyKind, ServiceProfile } from '@keyward/shared/service-profile';
import { isAdmin, type Membership } from '../../../lib/membership.ts';
import { refusalOfGrant, refusalOfKind } from './grant-rules.ts';

/** Days until a new key expires, or `never`, or a `custom` date. */
export const lifetimes = ['never', '30', '90', '365', 'custom'] as const;
export type Lifetime = (typeof lifetimes)[number];

/** A key as it stands in the form, before it is one. */
export interface KeyDraft {
  kind: KeyKind;
  service: string;
  environment: Environment;
  tier: string;
  name: string;
  permissions: Permission[];
  lifetime: Lifetime;
  /** `2027-02-19`, for a custom lifetime. */
  lastDay: string;
  /** Addresses and ranges, one a line. */
  ipAllowlist: string;
  externalId: string;
}

/** What a new key of this service begins with. */
export function startDraft(service: ServiceProfile, membership: Membership): KeyDraft {
  return {
    ...draftForService(service, membership, isAdmin(membership) ? 'bot' : 'user'),
    name: '',
    lifetime: lifetimeOf(service.defaults.expiresInSeconds),
    lastDay: '',
    ipAllowlist: '',
    externalId: '',
  };
}

/** The part of a draft that depends on the service, for one that was just chosen. */
export function draftForService(service: ServiceProfile, membership: Membership, kind: KeyKind) {
  const tier = service.tiers.find((one) => one.name === service.defaults.tier);
  const environment: Environment = tier?.prefixes.live === undefined ? 'test' : 'live';
  const other: KeyKind = kind === 'bot' ? 'user' : 'bot';
  return {
    service: service.slug,
    kind: refusalOfKind(membership, service, kind) === null ? kind : other,
    tier: service.defaults.tier,
    environment,
    permissions: service.defaults.permissions.filter(
      (permission) => refusalOfGrant(membership, permission) === null,
    ),
  };
}

// Where the service has no say, keys end after 90 days: those that live for ever are the ones that leak.
function lifetimeOf(expiresInSeconds: number | null): Lifetime {
  const days = expiresInSeconds === null ? '90' : String(expiresInSeconds / 86_400);
  return lifetimes.find((lifetime) => lifetime === days) ?? '90';
}
