import type { Guardrails } from '@keyward/shared/guardrails';
import type { Permission } from '@keyward/shared/permissions';
import { type Duration, toDuration, toSeconds } from '../../../lib/duration.ts';

/** Guardrails as they stand in the form. */
export interface GuardrailsDraft {
  hasLifetime: boolean;
  lifetime: Duration;
  permissions: Permission[];
  hasUnused: boolean;
  unusedDays: string;
}

const usualDays = 90;

export function toDraft(rules: Guardrails): GuardrailsDraft {
  return {
    hasLifetime: rules.maximumLifetimeSeconds !== null,
    lifetime: toDuration(rules.maximumLifetimeSeconds ?? usualDays * 86_400),
    permissions: rules.ipAllowlistRequiredFor,
    hasUnused: rules.suspendAfterUnusedDays !== null,
    unusedDays: String(rules.suspendAfterUnusedDays ?? usualDays),
  };
}

export function toGuardrails(draft: GuardrailsDraft): Guardrails {
  return {
    maximumLifetimeSeconds: draft.hasLifetime ? toSeconds(draft.lifetime) : null,
    ipAllowlistRequiredFor: draft.permissions,
    suspendAfterUnusedDays: draft.hasUnused ? toNumber(draft.unusedDays) : null,
  };
}

const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const isWhole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** What is wrong with each field; the contract has the same bounds. */
export function faultsOf({ maximumLifetimeSeconds, suspendAfterUnusedDays }: Guardrails) {
  return {
    lifetime:
      maximumLifetimeSeconds === null || isWhole(maximumLifetimeSeconds, 60)
        ? null
        : 'Write a length of time of at least a minute.',
    unused:
      suspendAfterUnusedDays === null || isWhole(suspendAfterUnusedDays, 1, 3650)
        ? null
        : 'Write a whole number of days, from 1 to 3650.',
  };
}

export const sameGuardrails = (one: Guardrails, other: Guardrails): boolean =>
  JSON.stringify(toSorted(one)) === JSON.stringify(toSorted(other));

const toSorted = (rules: Guardrails) => [
  rules.maximumLifetimeSeconds,
  rules.ipAllowlistRequiredFor.toSorted(),
  rules.suspendAfterUnusedDays,
];
