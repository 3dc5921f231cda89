import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import type { Database, Transaction } from '../../database/connect-database.ts';
import { users } from '../../database/schema/accounts.ts';
import { invitations, organizations } from '../../database/schema/organizations.ts';
import type { mails } from '../../database/schema/sign-in-ways.ts';
import {
  createInvitationToken,
  hashInvitationToken,
  invitationUrl,
} from '../../organizations/write-invitation.ts';
import { mintReset, resetUrl } from '../password-reset/make-reset-link.ts';
import type { MailText } from './compose-mail.ts';

type Mail = typeof mails.$inferSelect;

/**
 * What a mail says, with the token of its link, which is made here and stands in the mail alone. Null where
 * there is nobody to tell any more, or never was.
 */
export function prepareMail(database: Database, mail: Mail): Promise<MailText | null> {
  return database.transaction((transaction) => {
    switch (mail.kind) {
      case 'password_reset':
        return prepareReset(transaction, mail);
      case 'password_changed':
        return prepareChanged(transaction, mail);
      case 'invitation':
        return prepareInvitation(transaction, mail);
      case 'second_factors_removed':
        return prepareFactorsRemoved(transaction, mail);
    }
  });
}

const findUser = async (transaction: Transaction, email: string) => {
  const [user] = await transaction.select().from(users).where(eq(users.email, email)).for('share');
  return user ?? null;
};

async function prepareReset(transaction: Transaction, mail: Mail): Promise<MailText | null> {
  const user = await findUser(transaction, mail.email);
  if (user === null) {
    return null;
  }
  const { token } = await mintReset(transaction, user.id);
  const { requestId, address, userAgent } = mail;
  await recordAuditEvent(
    transaction,
    {
      database: transaction,
      actor: { type: 'system', name: 'keyward: mail' },
      requestId,
      address,
      userAgent,
    },
    {
      chain: instanceChain,
      action: 'account.reset_link_made',
      target: { type: 'user', id: user.id },
      data: { email: user.email, by: 'mail' },
    },
  );
  return {
    subject: 'Set a new password for Keyward',
    paragraphs: [
      `Somebody asked for a new password for ${mail.email} at ${mail.baseUrl}${address === null ? '' : `, from the address ${address}`}. Open this link to set one:`,
      'It is good once, for an hour. Setting a new password signs you out everywhere.',
      'If it was not you, do nothing: your password stays as it is.',
    ],
    link: { label: 'Set a new password', url: resetUrl(mail.baseUrl, token) },
  };
}

async function prepareChanged(transaction: Transaction, mail: Mail): Promise<MailText | null> {
  if ((await findUser(transaction, mail.email)) === null) {
    return null;
  }
  return {
    subject: 'Your Keyward password was changed',
    paragraphs: [
      `The password of ${mail.email} at ${mail.baseUrl} was changed, and every session was signed out.`,
      'If it was not you, set another one at once, by “Forgot your password?” on the sign-in page, and tell whoever runs this Keyward.',
    ],
  };
}

async function prepareFactorsRemoved(
  transaction: Transaction,
  mail: Mail,
): Promise<MailText | null> {
  if ((await findUser(transaction, mail.email)) === null) {
    return null;
  }
  return {
    subject: 'Your second factors for Keyward were removed',
    paragraphs: [
      `Whoever runs the Keyward at ${mail.baseUrl} removed the authenticator, passkeys and recovery codes of ${mail.email}, and every session was signed out.`,
      'Sign in and set up a second factor again on your account page. If you did not ask for this, tell whoever runs this Keyward at once.',
    ],
  };
}

async function prepareInvitation(transaction: Transaction, mail: Mail): Promise<MailText | null> {
  const token = createInvitationToken();
  const [invitation] = await transaction
    .update(invitations)
    .set({ mailTokenHash: hashInvitationToken(token) })
    .where(
      and(
        eq(invitations.id, mail.invitationId ?? ''),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    )
    .returning();
  if (invitation === undefined) {
    return null;
  }
  const [organization] = await transaction
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, invitation.organizationId));
  const name = organization?.name ?? 'an organization';
  return {
    subject: `Join ${name} on Keyward`,
    paragraphs: [
      `You are invited to join ${name} on Keyward, which manages API keys, as ${invitation.email}. Open this link to accept:`,
      'It is good once, for seven days from when you were invited.',
      'If you do not know who invited you, do nothing.',
    ],
    link: { label: `Join ${name}`, url: invitationUrl(mail.baseUrl, token) },
  };
}
