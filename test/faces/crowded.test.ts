import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendRaw } from '../support/raw-request.ts';
import { restClient } from '../support/rest-client.ts';
import { type MadeKey, makeKey } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

/** Far below the 15 seconds that a request may come by drops: whoever waits behind one would see those. */
const patienceMilliseconds = 5_000;

let keyward: TestKeyward;
let good: MadeKey;
const sockets: Socket[] = [];
beforeAll(async () => {
  keyward = await startTestKeyward();
  good = await makeKey(keyward);
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await keyward[Symbol.asyncDispose]();
});

/** A connection that sends the beginning of a request, and a drop of it now and then. */
async function sendByDrops(begin: string): Promise<void> {
  const { hostname, port } = new URL(keyward.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(begin);
  const drip = setInterval(() => socket.write('x'), 100);
  socket.once('close', () => clearInterval(drip));
}

const authorization = () => `Authorization: Bearer ${keyward.bootstrap.secret}\r\n`;

async function verifyOnce(): Promise<{ code: string; milliseconds: number }> {
  const started = performance.now();
  const operator = restClient(keyward.url, keyward.bootstrap.secret);
  const { body } = await operator('POST', '/v1/keys/verify', { body: { key: good.secret } });
  return { code: body.code, milliseconds: performance.now() - started };
}

test('22: 300 requests by drops, bodies of 10 MB, deep JSON and batches of 10,000 do not hold up the others', async () => {
  await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      sendByDrops(
        index % 2 === 0
          ? `GET /v1/keys HTTP/1.1\r\nHost: keyward\r\nX-Slow: `
          : `POST /v1/keys/verify HTTP/1.1\r\nHost: keyward\r\n${authorization()}Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"key":"`,
      ),
    ),
  );
  const headers = [
    ['Authorization', `Bearer ${keyward.bootstrap.secret}`],
    ['Content-Type', 'application/json'],
  ] as const;
  const large = { method: 'POST', path: '/v1/keys/verify', headers };
  const heavy = [
    ...Array.from({ length: 8 }, () => ({ ...large, body: 'x'.repeat(10_000_000) })),
    ...Array.from({ length: 8 }, () => ({ ...large, body: '['.repeat(60_000) })),
    ...Array.from({ length: 4 }, () => ({
      ...large,
      path: `/trpc/${Array(3_000).fill('keys.list').join(',')}?batch=1`,
      body: '{}',
    })),
  ].map((call) => sendRaw(keyward.url, call).then(({ status }) => status));
  const seen: Awaited<ReturnType<typeof verifyOnce>>[] = [];
  for (let round = 0; round < 100; round += 1) seen.push(await verifyOnce());
  expect(seen.filter(({ code }) => code !== 'VALID')).toEqual([]);
  const times = seen.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  expect(times.at(-2)).toBeLessThan(patienceMilliseconds);
  const statuses = await Promise.all(heavy);
  expect(new Set(statuses)).toEqual(new Set([400, 413, 431]));
});
