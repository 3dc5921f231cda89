import { z } from 'zod';
import { invitationToken } from './members.ts';

/** Why signing in by the provider did not go through: in the address of the page that says so. */
export const providerRefusals = [
  'away',
  'denied',
  'ended',
  'failed',
  'unverified_email',
  'email_taken',
  'no_account',
  'invitation_mismatch',
  'identity_taken',
  'not_yours',
  'no_auth_time',
  'not_asked_again',
] as const;

export type ProviderRefusal = (typeof providerRefusals)[number];

/** A place within the console: never another site that a link could name. */
const returnTo = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/, 'Name a path of the console.');

export const beginSignInInput = z.strictObject({
  invitation: invitationToken.optional(),
  returnTo: returnTo.optional(),
});

export const disconnectInput = z.strictObject({ issuer: z.string().min(1).max(1_000) });

/** Who a user is at a provider. */
export interface IdentitySummary {
  issuer: string;
  /** As the provider told it when it was connected. */
  email: string | null;
  createdAt: string;
  lastUsedAt: string | null;
}
