import { type KeyObject, verify } from 'node:crypto';
import { invalidField } from '@keyward/shared/errors';
import type { SignedMessage } from '../keys/exposed/remember-report.ts';
import { header, type RestRequest } from './route.ts';

export const identifierHeader = 'Github-Public-Key-Identifier';
export const signatureHeader = 'Github-Public-Key-Signature';

/**
 * The message that GitHub signed; null where nothing claims to be signed. A signature covers the bytes as
 * they came: JSON that says the same in other bytes is refused.
 * @see https://docs.github.com/code-security/secret-scanning/secret-scanning-partner-program
 */
export function readSignedMessage(
  request: RestRequest,
  keys: ReadonlyMap<string, KeyObject>,
): SignedMessage | null {
  const signedBy = header(request, identifierHeader.toLowerCase());
  const signature = header(request, signatureHeader.toLowerCase());
  if (signedBy === null && signature === null) {
    return null;
  }
  const publicKey = keys.get(signedBy ?? '');
  if (signedBy === null || publicKey === undefined) {
    throw invalidField(identifierHeader, 'Sign with a key that this Keyward was told of.');
  }
  const { rawBody } = request;
  const isGood =
    rawBody !== undefined &&
    signature !== null &&
    verify(
      'sha256',
      rawBody,
      { key: publicKey, dsaEncoding: 'der' },
      Buffer.from(signature, 'base64'),
    );
  if (!isGood) {
    throw invalidField(
      signatureHeader,
      'Send the signature of these very bytes: this one is of others.',
    );
  }
  return { rawBody, signedBy };
}
