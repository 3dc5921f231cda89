import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { DomainError } from '@keyward/shared/errors';
import { notJson } from './problem.ts';

const maximumBodyBytes = 64 * 1024;
const usualTypes = new Set(['application/json', 'application/json; charset=utf-8']);

/**
 * Calls back with the bytes of a body that is JSON, short and as long as it says: what nearly every caller
 * sends. Returns false for any other, and has then read nothing. Never calls back when the client goes away.
 */
export function readUsualBody(request: IncomingMessage, done: (body: Buffer) => void): boolean {
  const { headers } = request;
  const length = Number(headers['content-length']);
  const isUsual =
    length > 0 &&
    length <= maximumBodyBytes &&
    headers['content-encoding'] === undefined &&
    usualTypes.has(headers['content-type'] ?? '');
  if (isUsual) {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [only] = chunks;
      done(only?.length === length ? only : Buffer.concat(chunks));
    });
  }
  return isUsual;
}

/** The JSON in a body, or the refusal that says what is wrong with it. */
export function parseJson(body: Buffer): unknown {
  const text = body.toString().replace(/^\ufeff/, '');
  // What stands for a byte that is no UTF-8, unless it was sent as such.
  if (text.includes('\ufffd') && !isUtf8(body)) {
    throw new DomainError('invalid_request', 'Send the body in UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}
