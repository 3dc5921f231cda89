import { seededRandom } from '../../support/seeded-random.ts';
import type { Answer } from './connection.ts';

export const verifyPath = '/v1/keys/verify';

/** A request of HTTP/1.1, whole. The body is ASCII. */
export function request(
  method: string,
  path: string,
  callerSecret: string,
  body: string | null = null,
): string {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${callerSecret}\r\n`;
  return body === null
    ? `${head}\r\n`
    : `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** The question about one key: may it create short links? */
export function verifyRequest(callerSecret: string, secret: string): string {
  return request('POST', verifyPath, callerSecret, verifyBody(secret));
}

export function verifyBody(secret: string): string {
  return `{"key":"${secret}","permissions":["shortLinks:create"]}`;
}

/** What every side answers about a good key. */
export function isValid({ status, body }: Answer): boolean {
  return status === 200 && body.includes('"valid":true');
}

/** Asks about each key once, in their order. */
export function eachOnce(callerSecret: string, secrets: readonly string[]): () => string | null {
  let asked = 0;
  return () => {
    const secret = secrets[asked];
    asked += 1;
    return secret === undefined ? null : verifyRequest(callerSecret, secret);
  };
}

/** Asks about the keys forever, each as often as any other. */
export function evenly(callerSecret: string, secrets: readonly string[]): () => string {
  const random = seededRandom(1);
  return () => verifyRequest(callerSecret, random.pick(secrets));
}
