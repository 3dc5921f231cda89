import type { KeyDraft } from './key-draft.ts';

const secondsADay = 86_400;

/** A draft as the server wants it. What is wrong with it, the contract says. */
export function toCreateInput({ lifetime, lastDay, ipAllowlist, externalId, ...draft }: KeyDraft) {
  return {
    ...draft,
    ipAllowlist: ipAllowlist.split(/[\s,]+/).filter((entry) => entry !== ''),
    externalId: externalId.trim() === '' ? null : externalId,
    ...expiryOf(lifetime, lastDay),
  };
}

/** When a key made now from this draft would expire; null for never, undefined while no day is chosen. */
export function previewExpiry({ lifetime, lastDay }: KeyDraft): Date | null | undefined {
  if (lifetime === 'never') {
    return null;
  }
  if (lifetime === 'custom') {
    return endOfDay(lastDay) ?? undefined;
  }
  return new Date(Date.now() + Number(lifetime) * secondsADay * 1000);
}

function expiryOf(lifetime: KeyDraft['lifetime'], lastDay: string) {
  if (lifetime === 'never') {
    return { expiresAt: null };
  }
  if (lifetime === 'custom') {
    return { expiresAt: endOfDay(lastDay)?.toISOString() ?? '' };
  }
  return { expiresInSeconds: Number(lifetime) * secondsADay };
}

/** The last second of a day in the reader's zone. */
function endOfDay(day: string): Date | null {
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end;
}
