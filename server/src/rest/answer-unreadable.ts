import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { DomainError } from '@keyward/shared/errors';
import { createRequestId } from '../database/create-id.ts';
import { nameRequest } from '../http/request-facts.ts';
import { problemAnswer } from './problem.ts';
import type { RestAnswer } from './route.ts';
import { sendAnswer } from './send-answer.ts';

interface UnreadableOptions {
  /** Known once the server listens. */
  publicUrl: () => string;
  /** Told of each, by Node's code of the fault: nothing of the request itself. */
  report: (code: string, requestId: string) => void;
}

/**
 * Answers what is no request that could be routed, as every other refusal is answered: what cannot be
 * parsed, comes too slowly or with too many headers, names no host or expects what nobody knows.
 */
export function answerUnreadable(server: Server, { publicUrl, report }: UnreadableOptions): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const code = error.code ?? 'unknown';
    if (code === 'ECONNRESET' || !socket.writable || hasBegunToAnswer(socket)) {
      socket.destroy(error);
      return;
    }
    const requestId = createRequestId();
    report(code, requestId);
    const answer = problemAnswer(refusalOf(code), { requestId, publicUrl: publicUrl() });
    socket.end(writeOut(answer, requestId));
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    refuseUnread(request, response, publicUrl()),
  );
}

/** Refuses a request for its head alone, and the connection with it: nobody reads what follows. */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  publicUrl: string,
): void {
  const detail = 'Send one Host, and no Expect but 100-continue.';
  const requestId = nameRequest(request);
  const answer = problemAnswer(new DomainError('invalid_request', detail), {
    requestId,
    publicUrl,
  });
  const nosniff = ['X-Content-Type-Options', 'nosniff'];
  sendAnswer(response, answer, ['X-Request-Id', requestId, ...nosniff, 'Connection', 'close']);
}

function refusalOf(code: string): DomainError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new DomainError('request_timeout', 'Send the whole request within a minute.');
    case 'HPE_HEADER_OVERFLOW':
      return new DomainError('headers_too_large', 'Send at most 16 KiB of headers.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new DomainError('body_too_large', 'Send a body without extensions of its chunks.');
    default:
      return new DomainError('invalid_request', 'Send a request that HTTP/1.1 can read.');
  }
}

/** Node keeps the response that a socket is busy with here, and looks at it in the same way. */
function hasBegunToAnswer(socket: Duplex): boolean {
  const { _httpMessage: response } = socket as Duplex & { _httpMessage?: ServerResponse };
  return response?.headersSent ?? false;
}

/** There is no response to write to: the answer as it goes over the wire. */
function writeOut({ status, headers, body, contentType }: RestAnswer, requestId: string): string {
  const text = JSON.stringify(body);
  const lines = {
    ...headers,
    'X-Request-Id': requestId,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
    Connection: 'close',
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${text}`;
}
