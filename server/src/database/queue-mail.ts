import type { Transaction } from './connect-database.ts';
import { createId } from './create-id.ts';
import { type mailKinds, mails } from './schema/sign-in-ways.ts';

/** How this Keyward sends mail. */
export interface Mailing {
  /** Where links in mails lead to, without a slash at its end. */
  baseUrl: string;
}

/** The request that a mail is sent for, as the audit log tells it. */
interface AskedBy {
  requestId: string;
  address: string | null;
  userAgent: string | null;
}

interface QueuedMail {
  kind: (typeof mailKinds)[number];
  email: string;
  invitationId?: string;
}

/** Has a mail sent once the transaction is committed, and not where it is rolled back. */
export async function queueMail(
  transaction: Transaction,
  { requestId, address, userAgent }: AskedBy,
  { baseUrl }: Mailing,
  mail: QueuedMail,
): Promise<void> {
  await transaction
    .insert(mails)
    .values({ id: createId('mail'), ...mail, baseUrl, requestId, address, userAgent });
}
