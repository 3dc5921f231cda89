import { z } from 'zod';
import { email, line } from './text.ts';

/** Taken as typed: no trimming, so that what was chosen is what must be typed again. */
export const newPassword = z
  .string()
  .min(8, 'Use at least 8 characters.')
  .max(200, 'Use at most 200 characters.');

export const signUpInput = z.strictObject({ email, name: line(80), password: newPassword });
export type SignUpInput = z.infer<typeof signUpInput>;

export const signInInput = z.strictObject({ email, password: z.string().min(1).max(200) });
export type SignInInput = z.infer<typeof signInInput>;
