import { DomainError } from '@keyward/shared/errors';
import { and, eq, getTableColumns } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import type { Context, UserActor } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import { users } from '../../database/schema/accounts.ts';
import { identities } from '../../database/schema/sign-in-ways.ts';
import { acceptInvited, requireInvitedBy } from '../../organizations/accept-invitation.ts';
import { createAccount, type SignUpPolicy } from '../create-account.ts';
import { demoEmail } from '../demo-email.ts';
import type { Identified } from './identify.ts';
import { VisitRefused } from './visit-refused.ts';

type UserRow = typeof users.$inferSelect;
type Within = Context & { database: Transaction };

interface Admission {
  policy: SignUpPolicy;
  /** Of the token of the invitation that the visitor came by; null for none. */
  invitationHash: string | null;
}

/**
 * The account of whom the provider has identified: the one that they connected, or a new one. Never one that
 * merely has the same email: whoever signed up with a password may not be whose email it is, and would share
 * the account. Its owner signs in with the password once, and connects it. An invitation must be to its email.
 */
export async function findAccount(
  context: Within,
  identified: Identified,
  admission: Admission,
): Promise<UserRow> {
  const { database } = context;
  const [known] = await database
    .select(getTableColumns(users))
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(
      and(eq(identities.issuer, identified.issuer), eq(identities.subject, identified.subject)),
    )
    // A factor that is being turned on is waited for, and then asked for.
    .for('share', { of: users });
  if (known !== undefined && admission.invitationHash !== null) {
    await requireInvitation(context, admission.invitationHash, known.email);
  }
  return known ?? createFor(context, identified, admission);
}

async function createFor(
  context: Within,
  { issuer, subject, verifiedEmail, name }: Identified,
  { policy, invitationHash }: Admission,
): Promise<UserRow> {
  const { database } = context;
  if (verifiedEmail === null) {
    throw new VisitRefused('unverified_email');
  }
  const isTheirs = eq(users.email, verifiedEmail);
  if (verifiedEmail === demoEmail || (await database.$count(users, isTheirs)) > 0) {
    throw new VisitRefused('email_taken');
  }
  if (invitationHash !== null) {
    await requireInvitation(context, invitationHash, verifiedEmail);
  }
  const actor = await createAccount(
    context,
    {
      email: verifiedEmail,
      name: name ?? verifiedEmail.slice(0, verifiedEmail.indexOf('@')),
      password: null,
    },
    invitationHash === null ? policy : 'open',
  ).catch((error: unknown) => {
    throw translate(error);
  });
  await database
    .insert(identities)
    .values({ issuer, subject, userId: actor.userId, email: verifiedEmail });
  await recordAuditEvent(
    database,
    { ...context, actor },
    {
      chain: instanceChain,
      action: 'account.provider_connected',
      target: { type: 'user', id: actor.userId },
      data: { issuer, email: verifiedEmail },
    },
  );
  const [user] = await database.select().from(users).where(eq(users.id, actor.userId));
  if (user === undefined) {
    throw new Error('The account was not returned.');
  }
  return user;
}

function translate(error: unknown): unknown {
  if (error instanceof DomainError && error.code === 'sign_up_closed') {
    return new VisitRefused('no_account', error);
  }
  return error instanceof DomainError && error.code === 'conflict'
    ? new VisitRefused('email_taken', error)
    : error;
}

async function requireInvitation(context: Within, hash: string, email: string): Promise<void> {
  await requireInvitedBy(context.database, hash, email).catch((error: unknown) => {
    throw error instanceof DomainError ? new VisitRefused('invitation_mismatch', error) : error;
  });
}

/**
 * Makes who has signed in a member. After that, and not before a second factor was given; and so that the log
 * of accounts is always held before that of an organization.
 */
export async function acceptBy(context: Within & { actor: UserActor }, hash: string) {
  await acceptInvited(context, hash).catch((error: unknown) => {
    throw error instanceof DomainError ? new VisitRefused('invitation_mismatch', error) : error;
  });
}
