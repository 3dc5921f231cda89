import { createHash } from 'node:crypto';
import { DomainError } from '@keyward/shared/errors';
import type { Transaction } from '../../database/connect-database.ts';
import { exposureReports } from '../../database/schema/exposures.ts';

/** A message whose signature was found to be good. */
export interface SignedMessage {
  /** To the byte, as it was signed. */
  rawBody: Buffer;
  /** The identifier of the public key. */
  signedBy: string;
}

/**
 * Remembers a signed report in the transaction that acts on it, and refuses one that was acted on before:
 * its signature bears no time, and a key may have been resumed since. The body is remembered and not the
 * signature, for a good ECDSA signature can be turned into another good one.
 */
export async function rememberReport(
  transaction: Transaction,
  { rawBody, signedBy }: SignedMessage,
): Promise<void> {
  const digest = createHash('sha256').update(rawBody).digest();
  const added = await transaction
    .insert(exposureReports)
    .values({ digest, signedBy })
    .onConflictDoNothing()
    .returning({ signedBy: exposureReports.signedBy });
  if (added.length === 0) {
    throw new DomainError(
      'conflict',
      'This very report was received before and has been acted on: it is not sent again.',
    );
  }
}
