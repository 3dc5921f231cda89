import { connectDatabase } from '@keyward/server/database/connect-database';
import { readClock } from '@keyward/server/database/read-clock';
import { expect, test } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { createTestDatabase } from '../support/test-database.ts';

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
    .poll(() => readClock(pool.database).catch(() => null), { timeout: 10_000 })
    .toBeInstanceOf(Date);
  await pool.close();
});
