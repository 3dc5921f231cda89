import { demoEmail } from '@keyward/server/accounts/demo-email';
import { readConfig } from '@keyward/server/config';
import { connectDatabase } from '@keyward/server/database/connect-database';
import { createRequestId } from '@keyward/server/database/create-id';
import { fillDemo } from '@keyward/server/demo/fill-demo';
import { ensureOwnService } from '@keyward/server/services/ensure-own-service';
import { startKeyward } from '@keyward/server/start-keyward';
import { pino } from 'pino';
import { createTestDatabase } from './test-database.ts';

export interface Demo extends AsyncDisposable {
  url: string;
  email: string;
  password: string;
}

/** A real server that holds the demo. */
export async function startDemo(): Promise<Demo> {
  await using started = new AsyncDisposableStack();
  const { url: databaseUrl } = started.use(await createTestDatabase());
  const password = await fill(databaseUrl);
  const keyward = await startKeyward(
    { ...readConfig({}), port: 0, databaseUrl },
    pino({ level: 'silent' }),
  );
  started.defer(() => keyward.stop());
  const stack = started.move();
  return {
    url: keyward.url,
    email: demoEmail,
    password,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function fill(databaseUrl: string): Promise<string> {
  const { database, close } = connectDatabase(databaseUrl, 2);
  await ensureOwnService(database);
  const actor = { type: 'system' as const, name: 'test' };
  const requestId = createRequestId();
  const password = await fillDemo(
    { database, actor, requestId, address: null, userAgent: null },
    () => {},
  );
  await close();
  if (password === null) throw new Error('There was a demo before.');
  return password;
}
