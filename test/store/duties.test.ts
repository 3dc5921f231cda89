import { setTimeout as elapse } from 'node:timers/promises';
import { connectDatabase } from '@keyward/server/database/connect-database';
import { startDuties } from '@keyward/server/start-duties';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/test-database.ts';

test('a duty that takes longer than a connection may be silent is done by one node, and to its end', {
  timeout: 30_000,
}, async () => {
  await using testDatabase = await createTestDatabase();
  const nodes = [1, 2].map(() => connectDatabase(testDatabase.url, 2, 6_000));
  const failures: unknown[] = [];
  let begun = 0;
  const done = Promise.withResolvers<void>();
  const long = {
    name: 'take long',
    everyMilliseconds: 10,
    async perform() {
      begun += 1;
      // The length of the duty is what this is about.
      await elapse(7_500);
      done.resolve();
    },
  };
  const running = nodes.map(({ database }) =>
    startDuties(database, (error) => failures.push(error), [long]),
  );
  await done.promise;
  expect(begun).toBe(1);
  await Promise.all(running.map((duties) => duties.stop()));
  expect(failures).toEqual([]);
  await Promise.all(nodes.map((node) => node.close()));
});
