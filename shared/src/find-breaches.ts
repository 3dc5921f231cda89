import { covers, type Permission } from './built-in-permissions.ts';
import type { ErrorIssue } from './errors.ts';
import type { Guardrails } from './guardrails.ts';

/** What the guardrails look at. */
export interface GuardedKey {
  permissions: readonly Permission[];
  expiresAt: Date | null;
  ipAllowlist: readonly string[];
  createdAt: Date;
}

/** Where a key does not comply, and what to do about it. Empty for one that does. Pure. */
export function findBreaches(rules: Guardrails, key: GuardedKey): ErrorIssue[] {
  const breaches: ErrorIssue[] = [];
  const most = rules.maximumLifetimeSeconds;
  if (most !== null && lifetimeSeconds(key) > most) {
    breaches.push({
      path: 'expiresAt',
      message: `Keys of this organization live at most ${describeSeconds(most)}: set an earlier expiry.`,
    });
  }
  const guarded = rules.ipAllowlistRequiredFor.find(
    (asked) =>
      covers(key.permissions, asked) || key.permissions.some((held) => covers([asked], held)),
  );
  if (guarded !== undefined && key.ipAllowlist.length === 0) {
    breaches.push({
      path: 'ipAllowlist',
      message: `Keys of this organization that hold ${guarded} need an IP allowlist: name the addresses.`,
    });
  }
  return breaches;
}

/** From creation to expiry; infinite for a key that never expires. */
export function lifetimeSeconds({
  expiresAt,
  createdAt,
}: Pick<GuardedKey, 'expiresAt' | 'createdAt'>): number {
  return expiresAt === null ? Infinity : (expiresAt.getTime() - createdAt.getTime()) / 1000;
}

function describeSeconds(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  if (days === 0) {
    return `${seconds} seconds`;
  }
  return days === 1 ? '1 day' : `${days} days`;
}
