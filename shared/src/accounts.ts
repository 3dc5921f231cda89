import { z } from 'zod';
import { invitationToken } from './members.ts';
import { email, line } from './text.ts';

/** Taken as typed: no trimming, so that what was chosen is what must be typed again. */
export const newPassword = z
  .string()
  .min(8, 'Use at least 8 characters.')
  .max(200, 'Use at most 200 characters.');

/** With an invitation, its email may sign up whatever the policy, and becomes a member at once. */
export const signUpInput = z.strictObject({
  email,
  name: line(80),
  password: newPassword,
  invitation: invitationToken.optional(),
});
export type SignUpInput = z.infer<typeof signUpInput>;

export const signInInput = z.strictObject({ email, password: z.string().min(1).max(200) });
export type SignInInput = z.infer<typeof signInInput>;

export const changePasswordInput = z.strictObject({
  present: z.string().min(1, 'Write your present password.').max(200),
  next: newPassword,
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export const emailInput = z.strictObject({ email });

/** What an operator has taken from an account. */
export interface RemovedFactors {
  authenticator: boolean;
  passkeys: number;
  sessionsEnded: number;
}

const resetToken = z.string().min(1).max(100);

export const resetTokenInput = z.strictObject({ token: resetToken });

export const resetPasswordInput = z.strictObject({ token: resetToken, password: newPassword });
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;

export const confirmPasswordInput = z.strictObject({
  password: z.string().min(1, 'Write your password.').max(200),
});

export const endSessionInput = z.strictObject({ session: z.string().min(1).max(64) });

/** Where somebody is signed in. */
export interface SessionSummary {
  /** Names the session, and opens nothing. */
  session: string;
  /** Whether it is the one that asks. */
  isThis: boolean;
  /** Such as `Firefox on Windows`. */
  device: string;
  address: string | null;
  hasSecondFactor: boolean;
  startedAt: string;
  /** To five minutes. */
  lastSeenAt: string;
}

/** Six digits of the app, or a recovery code, with or without the spaces and hyphens that help to read it. */
const code = z.string().trim().min(6, 'Write the code.').max(40);

export const secondFactorCodeInput = z.strictObject({ code });

export const completeSignInInput = z.strictObject({
  challenge: z.string().min(1).max(64),
  code,
});
export type CompleteSignInInput = z.infer<typeof completeSignInInput>;

/** What an account has beside its password. */
export interface Factors {
  authenticator: boolean;
  passkey: boolean;
}

/** By what a user can show again who they are. */
export interface Ways {
  password: boolean;
  passkey: boolean;
  /** Of OpenID Connect. */
  provider: boolean;
}

/** What a sign-in waits for whose first step was right. */
export interface Challenge {
  token: string;
  /** By what it can be gone on with, beside a recovery code. */
  factors: Factors;
}

export interface SecondFactor {
  /** Since when an authenticator is on; null for none. */
  since: string | null;
  /** Whether sign-in asks for more than the password: there is an authenticator, or a passkey. */
  isOn: boolean;
  recoveryCodesLeft: number;
}

/** What an authenticator app is to be told, once. */
export interface OfferedAuthenticator {
  /** In base32, for typing. */
  secret: string;
  /** otpauth://…, for a QR code or a link. */
  uri: string;
}
