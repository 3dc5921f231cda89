import type { Guardrails } from '@keyward/shared/guardrails';
import type { ServiceProfile } from '@keyward/shared/service-profile';

const day = 86_400;
const presets = [7 * day, 30 * day, 90 * day, 365 * day];

/** Seconds until a new key expires, `never`, or through a `date`. */
export type Lifetime = `${number}` | 'never' | 'date';

/**
 * How long a new key of a service lives unless something else is chosen. Where neither the service nor
 * the organization has a say, 90 days: keys that live for ever are the ones that leak.
 */
export function defaultLifetime(service: ServiceProfile, rules: Guardrails): Lifetime {
  const asked = service.defaults.expiresInSeconds ?? 90 * day;
  return `${Math.min(asked, rules.maximumLifetimeSeconds ?? asked)}`;
}

/** The lengths to choose from, shortest first: the usual ones, the service's own and the longest allowed. */
export function offeredLifetimes(service: ServiceProfile, rules: Guardrails): Lifetime[] {
  const most = rules.maximumLifetimeSeconds ?? Infinity;
  const own = Number(defaultLifetime(service, rules));
  const lengths = new Set([...presets, own, ...(most === Infinity ? [] : [most])]);
  return [...lengths]
    .filter((seconds) => seconds <= most)
    .sort((one, other) => one - other)
    .map((seconds): Lifetime => `${seconds}`);
}

/** When a key made now would expire; null for never, undefined while no day is chosen. */
export function expiryOf(lifetime: Lifetime, lastDay: string): Date | null | undefined {
  if (lifetime === 'never') {
    return null;
  }
  return lifetime === 'date' ? endOfDay(lastDay) : new Date(Date.now() + Number(lifetime) * 1000);
}

/** The last second of a day in the reader's zone. */
function endOfDay(date: string): Date | undefined {
  const end = new Date(`${date}T23:59:59`);
  return Number.isNaN(end.getTime()) ? undefined : end;
}
