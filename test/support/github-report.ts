import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sendRaw } from './raw-request.ts';
import type { RestAnswer } from './rest-client.ts';

export interface Match {
  token: string;
  type?: string;
  url?: string;
  source?: string;
}

/** Somebody who signs reports as GitHub does. */
export interface Signer {
  id: string;
  publicKey: KeyObject;
  sign(body: string): string;
}

export function createSigner(id: string): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    id,
    publicKey,
    sign: (body) => sign('sha256', Buffer.from(body), privateKey).toString('base64'),
  };
}

/** The body of a report. */
export const reportOf = (...matches: Match[]): string =>
  JSON.stringify(
    matches.map((match) => ({
      type: 'keyward_api_key',
      url: 'https://github.com/octocat/hello/blob/1234/config.js',
      source: 'content',
      ...match,
    })),
  );

/** Sends these bytes with this signature; null leaves the header out. */
export function sendReport(
  url: string,
  body: string,
  { id, signature }: { id: string | null; signature: string | null },
): Promise<RestAnswer> {
  return sendRaw(url, {
    method: 'POST',
    path: '/v1/exposed-keys',
    headers: [
      ['Content-Type', 'application/json'],
      ...(id === null ? [] : [['Github-Public-Key-Identifier', id] as const]),
      ...(signature === null ? [] : [['Github-Public-Key-Signature', signature] as const]),
    ],
    body,
  });
}
