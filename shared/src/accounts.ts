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
