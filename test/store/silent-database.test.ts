import { once } from 'node:events';
import { createServer } from 'node:net';
import { connectDatabase } from '@keyward/server/database/connect-database';
import { readClock } from '@keyward/server/database/read-clock';
import { findKeyFacts } from '@keyward/server/verification/find-key-facts';
import { expect, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { createTestDatabase } from '../support/test-database.ts';

const patience = { timeout: 10_000 };

test('30: a pool whose every connection fell silent serves again once the limit of silence has passed', async () => {
  await using database = await createTestDatabase();
  await using proxy = await startFaultProxy(database.url);
  const pool = connectDatabase(proxy.url, 2, 300);
  await Promise.all([readClock(pool.database), readClock(pool.database)]);
  proxy.set('black-hole');
  const asked = [1, 2, 3].map(() => readClock(pool.database).catch((error) => error.cause?.code));
  expect((await Promise.all(asked)).slice(0, 2)).toEqual(['ETIMEDOUT', 'ETIMEDOUT']);
  proxy.set('pass');
  await expect
    .poll(() => readClock(pool.database).catch(() => null), patience)
    .toBeInstanceOf(Date);
  await pool.close();
});

test('transactions whose connection is lost, at any moment, are refused one by one, and the pool serves on', async () => {
  await using database = await createTestDatabase();
  await using proxy = await startFaultProxy(database.url);
  const pool = connectDatabase(proxy.url, 3);
  const inTransaction = () =>
    pool.database.transaction(async (outer) => {
      await outer.transaction((inner) => readClock(inner));
      return readClock(outer);
    });
  for (let round = 0; round < 6; round += 1) {
    const asked = Array.from({ length: 6 }, () => inTransaction().catch(() => null));
    // The first answers tell that others are under way.
    await Promise.race(asked);
    proxy.set('cut');
    await Promise.all(asked);
    proxy.set('pass');
  }
  await expect.poll(() => inTransaction().catch(() => null), patience).toBeInstanceOf(Date);
  const all = await Promise.all(Array.from({ length: 6 }, () => inTransaction()));
  expect(all).toHaveLength(6);
  await pool.close();
});

test('a server that falls silent when it is to speak TLS is given up as soon', {
  timeout: 20_000,
}, async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    // It agrees to TLS, and then nothing more comes of it.
    socket.once('data', () => socket.write('S'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const pool = connectDatabase(`postgres://x:x@127.0.0.1:${port}/x?sslmode=require`, 1, 300);
  const askedAt = performance.now();
  await expect(readClock(pool.database)).rejects.toThrow();
  // The limit of opening a connection would be ten seconds.
  expect(performance.now() - askedAt).toBeLessThan(5_000);
  await pool.close();
  server.close();
});

test('of what is asked while the database is away little is kept, and the first question after that is answered', {
  timeout: 40_000,
}, async () => {
  await using database = await createTestDatabase();
  await using proxy = await startFaultProxy(database.url);
  const pool = connectDatabase(proxy.url, 2, 5_000);
  const ask = () => findKeyFacts(pool.database, Buffer.alloc(32));
  await ask();
  proxy.set('black-hole');
  const kept = Array.from({ length: 10_000 }, () => ask().catch(({ code }) => code));
  const beganAt = performance.now();
  const refused = await Promise.all(
    Array.from({ length: 20_000 }, () => ask().catch(({ code }) => code)),
  );
  expect(new Set(refused)).toEqual(new Set(['authority_unavailable']));
  expect(performance.now() - beganAt).toBeLessThan(3_500);
  expect(new Set(await Promise.all(kept))).toEqual(new Set(['authority_unavailable']));
  proxy.set('pass');
  await expect.poll(() => ask().catch(() => 'refused'), { timeout: 20_000 }).toBeNull();
  await pool.close();
});
