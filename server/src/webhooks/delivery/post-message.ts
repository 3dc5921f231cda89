import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { describeFailure } from './describe-failure.ts';
import { BlockedTarget, resolveTarget, type TargetRules } from './resolve-target.ts';

export interface Answer {
  /** Null where none came. */
  statusCode: number | null;
  /** In words, for the log of deliveries; null on a success. */
  error: string | null;
  /** The beginning of the body; null where none came. */
  response: string | null;
  retryAfter: string | null;
  durationMs: number;
  isBlocked: boolean;
}

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface PostLimits {
  timeoutMilliseconds: number;
  /** Ends the attempt where the server stops. */
  signal?: AbortSignal;
}

/** Standard Webhooks recommends 15 to 30 seconds. */
export const usualTimeoutMilliseconds = 15_000;

/** Of every message, beside those of its signature. */
export const messageHeaders = {
  'content-type': 'application/json',
  'user-agent': 'Keyward-Webhooks/1',
};

const keptBytes = 1_024;
const readBytes = 65_536;

/** Sends a message once, to the addresses that were checked. Throws nothing but the abortion by the caller. */
export async function postMessage(
  post: Post,
  rules: TargetRules,
  limits: PostLimits,
): Promise<Answer> {
  const startedAt = performance.now();
  const timeout = AbortSignal.timeout(limits.timeoutMilliseconds);
  const signal = limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout;
  const durationMs = () => Math.round(performance.now() - startedAt);
  try {
    const answer = await send(post, rules, signal);
    return { ...answer, durationMs: durationMs(), isBlocked: false };
  } catch (error) {
    limits.signal?.throwIfAborted();
    return {
      statusCode: null,
      error: timeout.aborted
        ? `No answer came within ${limits.timeoutMilliseconds / 1000} seconds.`
        : describeFailure(error),
      response: null,
      retryAfter: null,
      durationMs: durationMs(),
      isBlocked: error instanceof BlockedTarget,
    };
  }
}

type PlainAnswer = Omit<Answer, 'durationMs' | 'isBlocked'>;

async function send(post: Post, rules: TargetRules, signal: AbortSignal): Promise<PlainAnswer> {
  const url = new URL(post.url);
  const addresses = await unlessAborted(resolveTarget(url, rules), signal);
  // Whatever name is looked up for the connection, the answer is what was checked.
  const lookup: LookupFunction = (_hostname, options, done) => {
    const [first] = addresses;
    if (options.all) {
      done(null, addresses);
    } else {
      done(null, first?.address ?? '', first?.family);
    }
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    request(url, {
      method: 'POST',
      agent: false,
      // The certificate is checked against the name, whatever the environment says of checking.
      rejectUnauthorized: true,
      lookup,
      signal,
      headers: {
        ...post.headers,
        'content-length': Buffer.byteLength(post.body),
      },
    })
      .on('response', resolve)
      .on('error', reject)
      // Whoever switches protocols is left without a response and without an error.
      .on('close', () => reject(Object.assign(new Error('No answer.'), { code: 'ECONNRESET' })))
      .end(post.body);
  });
  return readAnswer(response);
}

async function readAnswer(response: IncomingMessage): Promise<PlainAnswer> {
  const { statusCode = 0, headers } = response;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > readBytes) {
        break;
      }
    }
  } catch {
    // The status has come: what follows it, or fails to, changes nothing.
  } finally {
    response.destroy();
  }
  return {
    statusCode,
    error: describeStatus(statusCode),
    response: readable(Buffer.concat(chunks).subarray(0, keptBytes)),
    retryAfter: headers['retry-after'] ?? null,
  };
}

function describeStatus(statusCode: number): string | null {
  if (statusCode >= 200 && statusCode < 300) {
    return null;
  }
  return statusCode >= 300 && statusCode < 400
    ? `The receiver answered ${statusCode}, a redirect: set the webhook to the address that it leads to.`
    : `The receiver answered ${statusCode}.`;
}

/** Text that PostgreSQL keeps and a page shows. */
const readable = (bytes: Buffer) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must go
  bytes.toString('utf8').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd');

/** Name servers are asked without a signal: here the wait for them ends. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) {
      abort();
    }
  });
}
