import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerUnreadable } from '@keyward/server/rest/answer-unreadable';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectProblem } from '../support/expect-problem.ts';
import { freePort } from '../support/free-port.ts';
import { type RawCall, sendRaw } from '../support/raw-request.ts';
import { sendBytes } from '../support/raw-socket.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let plain: TestKeyward;
/** Told that it is reached by https, as behind a proxy that ends TLS. */
let secure: TestKeyward;
let secureUrl: string;
beforeAll(async () => {
  const port = await freePort();
  plain = await startTestKeyward();
  secure = await startTestKeyward({ port, publicUrl: 'https://keys.example.com' });
  secureUrl = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await plain[Symbol.asyncDispose]();
  await secure?.[Symbol.asyncDispose]();
});

const json = ['Content-Type', 'application/json'] as const;
const html = ['Accept', 'text/html'] as const;

type Kind = 'page' | 'file' | 'secret' | 'public' | 'problem';

/** Every kind of answer that a caller can get, by what may be asked of it. */
const calls: [name: string, kind: Kind, call: RawCall, status: number][] = [
  ['the console', 'page', { path: '/', headers: [html] }, 200],
  ['a page within it', 'page', { path: '/sign-in?next=/keys', headers: [html] }, 200],
  ['a file', 'file', { path: '/color-scheme.js' }, 200],
  ['a file that is not there', 'problem', { path: '/assets/nothing.js' }, 404],
  ['a call of no face', 'problem', { path: '/nothing', method: 'POST' }, 404],
  [
    'no page, for a program',
    'problem',
    { path: '/nothing.json', headers: [['Accept', 'a/b']] },
    404,
  ],
  ['an address that cannot be read', 'problem', { path: '/assets/%', headers: [html] }, 404],
  ['a page on an error', 'public', { path: '/errors/not_found' }, 200],
  ['a page on no error', 'problem', { path: '/errors/constructor', headers: [html] }, 404],
  ['health', 'public', { path: '/healthz' }, 200],
  ['readiness', 'secret', { path: '/readyz' }, 200],
  ['metrics', 'public', { path: '/metrics' }, 200],
  ['the document', 'public', { path: '/openapi.json' }, 200],
  ['the patterns', 'public', { path: '/.well-known/keyward/secret-patterns.json' }, 200],
  ['REST without a key', 'problem', { path: '/v1/keys' }, 401],
  ['REST, unknown', 'problem', { path: '/v1/nothing' }, 404],
  [
    'REST with a body',
    'problem',
    { method: 'POST', path: '/v1/keys', headers: [json], body: '{' },
    400,
  ],
  [
    'verify',
    'problem',
    { method: 'POST', path: '/v1/keys/verify', headers: [json], body: '{}' },
    401,
  ],
  ['forward-auth', 'problem', { path: '/v1/forward-auth?service=keyward' }, 401],
  ['tRPC', 'secret', { method: 'POST', path: '/trpc/keys.list', headers: [json], body: '{}' }, 403],
  ['tRPC, unknown', 'secret', { path: '/trpc/nothing' }, 404],
  ['tRPC by a form', 'secret', { method: 'POST', path: '/trpc/keys.list', body: 'a=b' }, 415],
];

function policyOf({ headers }: RestAnswer): Map<string, string[]> {
  const policy = headers.get('content-security-policy') ?? '';
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/ +/);
      return [name, sources];
    }),
  );
}

function expectHeaders(answer: RestAnswer, kind: Kind): void {
  const { headers } = answer;
  expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{26}$/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  if (kind === 'problem' || kind === 'secret') {
    expect(headers.get('cache-control')).toBe('no-store');
  }
  if (/html/.test(headers.get('content-type') ?? '') || kind === 'file') {
    const policy = policyOf(answer);
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('script-src-attr')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'self'"]);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
}

describe.each(calls)('%s', (_, kind, call, status) => {
  test('bears its headers, and no HSTS by plain http', async () => {
    const answer = await sendRaw(plain.url, call);
    expect(answer.status, answer.text).toBe(status);
    expectHeaders(answer, kind);
    expect(answer.headers.get('strict-transport-security')).toBeNull();
    if (kind === 'problem') {
      expectProblem(answer, status, answer.body.code);
    }
  });

  test('bears the same by https, and HSTS', async () => {
    const answer = await sendRaw(secureUrl, call);
    expect(answer.status).toBe(status);
    expectHeaders(answer, kind);
    expect(answer.headers.get('strict-transport-security')).toBe(
      'max-age=31536000; includeSubDomains',
    );
  });
});

test('22: what is no request is a problem with an id, and the log has the id and nothing of the request', async () => {
  const secret = plain.bootstrap.secret;
  const bearer = `Authorization: Bearer ${secret}\r\n`;
  const cases: [sent: string, status: number, code: Parameters<typeof expectProblem>[2]][] = [
    [`nonsense ${secret}\r\n\r\n`, 400, 'invalid_request'],
    [`GET /v1/keys HTTP/1.1\r\n${bearer}\r\n`, 400, 'invalid_request'],
    [
      `GET / HTTP/1.1\r\nHost: x\r\n${bearer}X: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers_too_large'],
    [`GET / HTTP/1.1\r\nHost: x\r\nExpect: ${secret}\r\n\r\n`, 400, 'invalid_request'],
    [`POST /v1/keys HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n`, 400, 'invalid_request'],
    [
      'POST /v1/keys HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'invalid_request',
    ],
    ['GET / HTTP/9.9\r\nHost: x\r\n\r\n', 400, 'invalid_request'],
    ['GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n', 400, 'invalid_request'],
  ];
  for (const [sent, status, code] of cases) {
    const answer = await sendBytes(plain.url, sent);
    expectProblem(answer, status, code);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.text).not.toContain(secret);
    if (status === 431) {
      expect(plain.logs.some((line) => line.includes(answer.body.requestId))).toBe(true);
    }
  }
  expect(plain.logs.join('')).not.toContain(secret);
});

test('22: a request that comes by drops is 408, and its connection is closed', async () => {
  const reports: string[] = [];
  const server = createServer({
    headersTimeout: 200,
    requestTimeout: 300,
    connectionsCheckingInterval: 50,
  });
  answerUnreadable(server, {
    publicUrl: () => 'http://127.0.0.1',
    report: (code) => reports.push(code),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const drops of [
    'GET / HTTP/1.1\r\nHo',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{',
  ]) {
    expectProblem(await sendBytes(`http://127.0.0.1:${port}`, drops), 408, 'request_timeout');
  }
  expect(reports).toEqual(Array(2).fill('ERR_HTTP_REQUEST_TIMEOUT'));
  server.close();
});
