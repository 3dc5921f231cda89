import { readConfig } from '@keyward/server/config';
import { startKeyward } from '@keyward/server/start-keyward';
import { pino } from 'pino';
import { createTestDatabase } from './test-database.ts';

/** A real server on an empty database: nobody has signed up yet. */
export async function startEmptyKeyward(): Promise<AsyncDisposable & { url: string }> {
  await using started = new AsyncDisposableStack();
  const database = started.use(await createTestDatabase());
  const keyward = await startKeyward(
    { ...readConfig({}), port: 0, databaseUrl: database.url },
    pino({ level: 'silent' }),
  );
  started.defer(() => keyward.stop());
  const stack = started.move();
  return { url: keyward.url, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
