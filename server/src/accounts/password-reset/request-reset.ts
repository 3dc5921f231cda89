import { DomainError } from '@keyward/shared/errors';
import type { Context } from '../../context.ts';
import { type Mailing, queueMail } from '../../database/queue-mail.ts';
import { countAttempt, hasRoomForMail } from '../count-attempt.ts';

/**
 * Has a link to set a new password mailed to whoever has an account with this email. Whether anybody has is
 * found out when the mail is sent: here a stranger learns nothing, by the answer or by its time.
 */
export async function requestReset(
  context: Context,
  email: string,
  mailing: Mailing | null,
): Promise<void> {
  if (mailing === null) {
    throw new DomainError(
      'conflict',
      'This Keyward sends no mail: ask whoever runs it for a link to set a new password.',
    );
  }
  await countAttempt(context, 'reset');
  // In silence: the links that came are still good, and whoever floods a mailbox learns nothing.
  if (await hasRoomForMail(context, email)) {
    await context.database.transaction((transaction) =>
      queueMail(transaction, context, mailing, { kind: 'password_reset', email }),
    );
  }
}
