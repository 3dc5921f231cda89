import { z } from 'zod';
import { line } from './text.ts';

const bytes = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/, 'Send base64url.');

const credential = {
  id: bytes.min(1).max(2_000),
  rawId: bytes.min(1).max(2_000),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
  /** What browsers tell beside; nothing of it is believed. */
  clientExtensionResults: z.record(z.string(), z.unknown()),
};

/** A new passkey, as browsers write it in JSON (WebAuthn, section 5.1). */
export const addPasskeyInput = z.strictObject({
  /** Without one it is named after the browser. */
  name: line(60).optional(),
  response: z.strictObject({
    ...credential,
    response: z.strictObject({
      clientDataJSON: bytes,
      attestationObject: bytes,
      authenticatorData: bytes.exactOptional(),
      transports: z.array(z.string().max(40)).max(10).exactOptional(),
      publicKeyAlgorithm: z.int().exactOptional(),
      publicKey: bytes.exactOptional(),
    }),
  }),
});
export type AddPasskeyInput = z.infer<typeof addPasskeyInput>;

/** What a passkey signed. */
export const passkeyAnswer = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.exactOptional(),
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;

/** Of the second step of a sign-in; absent where the passkey is the only one. */
const challenge = z.string().min(1).max(64).optional();

export const offerSignInInput = z.strictObject({ challenge });

export const signInByPasskeyInput = z.strictObject({ answer: passkeyAnswer, challenge });

export const confirmByPasskeyInput = z.strictObject({ answer: passkeyAnswer });

export const passkeyIdInput = z.strictObject({ id: z.string().min(1).max(2_000) });

export interface PasskeySummary {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}
