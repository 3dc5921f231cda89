import type { Permission } from '@keyward/shared/built-in-permissions';
import type { Guardrails } from '@keyward/shared/guardrails';
import type { Environment, KeyKind, ServiceProfile } from '@keyward/shared/service-profile';
import { isAdmin, type Membership } from '../../../lib/membership.ts';
import { refusalOfGrant, refusalOfKind } from './grant-rules.ts';
import { defaultLifetime, type Lifetime } from './lifetimes.ts';

/** Whose limit counts: the tier's as it is at any time, one of the key's own, or none. */
export type LimitSource = 'tier' | 'own' | 'none';

/** A key as it stands in the form, before it is one. */
export interface KeyDraft {
  kind: KeyKind;
  service: string;
  environment: Environment;
  tier: string;
  name: string;
  permissions: Permission[];
  lifetime: Lifetime;
  /** `2027-02-19`, for a lifetime through a date. */
  lastDay: string;
  limitSource: LimitSource;
  /** How many calls an own limit admits, as typed. */
  limit: string;
  /** In how many seconds. */
  windowSeconds: string;
  /** Addresses and ranges, one a line. */
  ipAllowlist: string;
  externalId: string;
  /** JSON, as typed. */
  metadata: string;
}

/** What a new key of this service begins with. */
export function startDraft(
  service: ServiceProfile,
  membership: Membership,
  rules: Guardrails,
): KeyDraft {
  return {
    ...draftForService(service, membership, isAdmin(membership) ? 'bot' : 'user'),
    name: '',
    lifetime: defaultLifetime(service, rules),
    lastDay: '',
    limit: '',
    windowSeconds: '60',
    ipAllowlist: '',
    externalId: '',
    metadata: '',
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
    limitSource: 'tier' as LimitSource,
    permissions: service.defaults.permissions.filter(
      (permission) => refusalOfGrant(membership, permission) === null,
    ),
  };
}
