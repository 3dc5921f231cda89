import type { ServerResponse } from 'node:http';
import type { RestAnswer } from './route.ts';

/**
 * Writes an answer of the REST face, the same through Express and without it.
 * @param headers names and values in turn, of every answer of the server.
 */
export function sendAnswer(
  response: ServerResponse,
  answer: RestAnswer,
  headers: readonly string[] = [],
): void {
  // An answer is about one key at one moment, and one of them holds a secret.
  const all = ['Cache-Control', 'no-store', ...headers];
  for (const name in answer.headers) {
    all.push(name, answer.headers[name] ?? '');
  }
  if (answer.body === undefined) {
    response.writeHead(answer.status, all).end();
    return;
  }
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  all.push('Content-Type', answer.contentType ?? 'application/json; charset=utf-8');
  all.push('Content-Length', String(Buffer.byteLength(text)));
  response.writeHead(answer.status, all).end(text);
}
