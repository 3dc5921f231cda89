import type { AppRouter } from '@keyward/server/trpc/app-router';
import type { inferRouterOutputs } from '@trpc/server';

export type KeyRotation = inferRouterOutputs<AppRouter>['keys']['rotation'];
export type SecretEvidence = KeyRotation['secrets'][number];

/** A rotation that is under way, and what decides whether it can end. */
export interface Underway {
  older: SecretEvidence;
  newer: SecretEvidence;
  /** The server's time. */
  now: string;
  /** Whether a call with the new secret has been accepted. */
  isNewSeen: boolean;
  /** Seconds since the last call with the old secret; null where there never was one. */
  quietSeconds: number | null;
  /** Whether the old secret was used so short a time ago that something still runs with it. */
  isOldBusy: boolean;
}

/** Whoever calls at all mostly calls again within this time. */
const busySeconds = 15 * 60;

export const secondsBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 1000;

/** The rotation that these secrets are in; null where there is one secret alone. */
export function readUnderway({ now, secrets: [older, newer] }: KeyRotation): Underway | null {
  if (older === undefined || newer === undefined) {
    return null;
  }
  const quietSeconds = older.lastUsedAt === null ? null : secondsBetween(older.lastUsedAt, now);
  return {
    older,
    newer,
    now,
    isNewSeen: newer.firstUsedAt !== null,
    quietSeconds,
    isOldBusy: quietSeconds !== null && quietSeconds < busySeconds,
  };
}
