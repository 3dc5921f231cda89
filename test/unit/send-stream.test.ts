import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendStream } from '@keyward/server/http/send-stream';
import { afterEach, expect, test } from 'vitest';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

const failures: unknown[] = [];

async function serve(chunks: () => AsyncIterable<string>): Promise<string> {
  failures.length = 0;
  server = createServer((_, response) => {
    const headers = { 'Content-Type': 'text/plain' };
    sendStream(response, { status: 200, headers, chunks: chunks() }, (error) =>
      failures.push(error),
    ).catch(() => response.writeHead(503).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('what fails midway ends the connection, so that nobody takes a part for the whole', async () => {
  const url = await serve(async function* () {
    yield 'first';
    await Promise.resolve();
    throw new Error('the database went away');
  });
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect(failures).toEqual([new Error('the database went away')]);
});

test('what fails before the first chunk can still be refused', async () => {
  // biome-ignore lint/correctness/useYield: it fails before it could
  const url = await serve(async function* () {
    throw new Error('the database is away');
  });
  expect((await fetch(url)).status).toBe(503);
  expect(failures).toEqual([]);
});

test('it ends when whoever reads goes away, and reads no more than is taken', async () => {
  let made = 0;
  let isEnded = false;
  const url = await serve(async function* () {
    try {
      for (;;) {
        made += 1;
        yield 'x'.repeat(64 * 1024);
      }
    } finally {
      isEnded = true;
    }
  });
  const leaving = new AbortController();
  const answer = await fetch(url, { signal: leaving.signal });
  const reader = answer.body?.getReader();
  await reader?.read();
  // What nobody takes fills the buffers between, and no more is made.
  let before = -1;
  await expect
    .poll(
      () => {
        const isStill = made === before;
        before = made;
        return isStill;
      },
      { interval: 200 },
    )
    .toBe(true);
  expect(made).toBeLessThan(1_000);
  leaving.abort();
  await reader?.read().catch(() => {});
  await expect.poll(() => isEnded).toBe(true);
  expect(failures).toEqual([]);
});
