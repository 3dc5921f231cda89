import { DomainError } from '@keyward/shared/errors';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../../database/connect-database.ts';
import { type ceremonyPurposes, passkeyCeremonies } from '../../database/schema/sign-in-ways.ts';
import { createToken, hashToken } from '../browser-token.ts';

export const ceremonySeconds = 5 * 60;

export interface Ceremony {
  purpose: (typeof ceremonyPurposes)[number];
  challenge: string;
  userId: string | null;
  sessionId: string | null;
}

/** Remembers what a passkey is asked to sign, for five minutes. Returns the token for the browser's cookie. */
export async function startCeremony(database: Database, ceremony: Ceremony): Promise<string> {
  const token = createToken();
  await database.insert(passkeyCeremonies).values({
    ...ceremony,
    tokenHash: hashToken(token),
    expiresAt: sql`now() + make_interval(secs => ${ceremonySeconds})`,
  });
  return token;
}

/** Takes what was asked, once: a second answer to the same challenge, right or wrong, finds nothing. */
export async function takeCeremony(
  database: Database,
  token: string | null,
  { purpose, userId, sessionId }: Omit<Ceremony, 'challenge'>,
): Promise<Ceremony> {
  const [taken] = await database
    .delete(passkeyCeremonies)
    .where(
      and(
        eq(passkeyCeremonies.tokenHash, hashToken(token ?? '')),
        eq(passkeyCeremonies.purpose, purpose),
        gt(passkeyCeremonies.expiresAt, sql`now()`),
      ),
    )
    .returning();
  if (taken === undefined || taken.userId !== userId || taken.sessionId !== sessionId) {
    throw new DomainError('sign_in_ended', 'Begin again: the passkey was asked for too long ago.');
  }
  return taken;
}
