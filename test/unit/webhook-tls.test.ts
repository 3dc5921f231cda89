import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Answer, postMessage } from '@keyward/server/webhooks/delivery/post-message';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loopback } from '../support/webhook-receiver.ts';

const folder = new URL('../support/certificates/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

interface TlsReceiver extends AsyncDisposable {
  port: number;
  /** The names that were asked for by those whose handshake went through. */
  askedNames: unknown[];
  bodies: string[];
}

/** A receiver by https, with a certificate of `test/support/certificates`. */
async function startTlsReceiver(certificate: 'hooks' | 'self-signed'): Promise<TlsReceiver> {
  const bodies: string[] = [];
  const askedNames: unknown[] = [];
  const server = createServer(
    { cert: read(`${certificate}.pem`), key: read(`${certificate}-key.pem`) },
    async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      bodies.push(Buffer.concat(chunks).toString());
      askedNames.push((request.socket as TLSSocket & { servername: unknown }).servername);
      response.writeHead(204).end();
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    askedNames,
    bodies,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const usual = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...usual, read('authority.pem')]));
afterAll(() => setDefaultCACertificates(usual));

const post = (url: string): Promise<Answer> =>
  postMessage(
    { url, headers: {}, body: 'a message' },
    { allowed: loopback, resolve: async () => ['127.0.0.1'] },
    { timeoutMilliseconds: 5_000 },
  );

test('by https the pinned address is dialled, and the certificate and SNI are those of the name', async () => {
  await using receiver = await startTlsReceiver('hooks');
  const answer = await post(`https://hooks.example:${receiver.port}/`);
  expect(answer).toMatchObject({ statusCode: 204, error: null });
  expect(receiver.askedNames).toEqual(['hooks.example']);
  expect(receiver.bodies).toEqual(['a message']);
});

test.each([
  ['for another name', 'hooks', 'other.example', /certificate is for another name/],
  ['for a name, where the address is asked for', 'hooks', '127.0.0.1', /for another name/],
  ['that signs itself', 'self-signed', 'hooks.example', /certificate is self-signed/],
] as const)('to a certificate %s nothing is sent', async (_, certificate, host, error) => {
  await using receiver = await startTlsReceiver(certificate);
  const answer = await post(`https://${host}:${receiver.port}/`);
  expect(answer).toMatchObject({ statusCode: null, error: expect.stringMatching(error) });
  expect(answer.error).toContain('nothing was sent');
  expect(receiver.bodies).toEqual([]);
});

test('to a certificate of an unknown authority nothing is sent, even where checking is switched off', async () => {
  await using receiver = await startTlsReceiver('hooks');
  setDefaultCACertificates(usual);
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  try {
    const answer = await post(`https://hooks.example:${receiver.port}/`);
    expect(answer.error).toMatch(/authority that this server trusts: nothing was sent/);
    expect(receiver.bodies).toEqual([]);
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    setDefaultCACertificates([...usual, read('authority.pem')]);
  }
});

test('a receiver without TLS on that port is told of as such', async () => {
  await using plain = await (await import('../support/webhook-receiver.ts')).startReceiver();
  const answer = await post(`https://hooks.example:${plain.port}/`);
  expect(answer.error).toBe('No TLS connection came about: does this port speak https?');
  expect(plain.received).toEqual([]);
});

test('an authority of the operator’s own is trusted by NODE_EXTRA_CA_CERTS', async () => {
  await using receiver = await startTlsReceiver('hooks');
  const module = import.meta.resolve('@keyward/server/webhooks/delivery/post-message');
  const script = `
    import { postMessage } from ${JSON.stringify(module)};
    const answer = await postMessage(
      { url: 'https://hooks.example:${receiver.port}/', headers: {}, body: 'of a process' },
      { allowed: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'] },
      { timeoutMilliseconds: 5000 },
    );
    console.log(answer.statusCode, answer.error);`;
  const env = {
    ...process.env,
    NODE_EXTRA_CA_CERTS: fileURLToPath(new URL('authority.pem', folder)),
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env },
  );
  expect(stdout.trim()).toBe('204 null');
  expect(receiver.bodies).toEqual(['of a process']);
});
