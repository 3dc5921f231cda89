import { connectDatabase } from '@keyward/server/database/connect-database';
import { readClock } from '@keyward/server/database/read-clock';
import { expect, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { createTestDatabase } from '../support/test-database.ts';

const patience = { timeout: 10_000 };

test('a pool whose every connection fell silent serves again once the limit of silence has passed', async () => {
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
