import type { Role } from '@keyward/shared/organizations';
import { isAdminOnly, type Permission } from '@keyward/shared/permissions';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { Environment, KeyKind, Tier } from '@keyward/shared/service-profile';

/** All that a verdict rests on, as it stood in one snapshot of the database. */
export interface KeyFacts {
  id: string;
  name: string;
  kind: KeyKind;
  environment: Environment;
  tier: string;
  /** As granted; `effectivePermissions` says which of them count. */
  permissions: readonly Permission[];
  /** The key's own rule, or its tier's; null without a limit. */
  rateLimit: RateLimitRule | null;
  ipAllowlist: readonly string[];
  expiresAt: Date | null;
  suspendedAt: Date | null;
  revokedAt: Date | null;
  externalId: string | null;
  metadata: Record<string, unknown>;
  allOrganizations: boolean;
  /** The secret that was presented. */
  secret: {
    id: string;
    start: string;
    last4: string;
    retiresAt: Date | null;
    retiredAt: Date | null;
  };
  organization: { id: string; slug: string; name: string; status: 'active' | 'suspended' };
  service: { slug: string; headerName: string; disabledAt: Date | null };
  /** Of a user key. The role is null when the membership has ended. */
  owner: { id: string; email: string; name: string; role: Role | null } | null;
  /** What an answer says of the key and of others like it, as JSON, once one has been written. */
  written: string | null;
}

/** The permissions that count now: those of a user key end at its owner's role. */
export function effectivePermissions(
  facts: Pick<KeyFacts, 'permissions' | 'owner'>,
): readonly Permission[] {
  const role = facts.owner?.role;
  return facts.owner === null || role === 'owner' || role === 'admin'
    ? facts.permissions
    : facts.permissions.filter((granted) => !isAdminOnly(granted));
}

/** The rule that counts for a key: its own, or its tier's. */
export function effectiveRateLimit(
  key: { rateLimit: RateLimitRule | 'none' | null | undefined; tier: string },
  tiers: readonly Tier[],
): RateLimitRule | null {
  const rule = key.rateLimit ?? tiers.find((tier) => tier.name === key.tier)?.rateLimit ?? 'none';
  return rule === 'none' ? null : rule;
}
