import { Writable } from 'node:stream';
import { type Bootstrapped, bootstrapInstance } from '@keyward/server/accounts/bootstrap-instance';
import { type Config, readConfig } from '@keyward/server/config';
import type { SystemActor } from '@keyward/server/context';
import { connectDatabase, type Database } from '@keyward/server/database/connect-database';
import { createRequestId } from '@keyward/server/database/create-id';
import { createLogger } from '@keyward/server/http/create-logger';
import { startKeyward } from '@keyward/server/start-keyward';
import { changeAuthority } from '@keyward/server/verification/authority/change-authority';
import { createTestDatabase } from './test-database.ts';
import { uniqueName } from './unique-name.ts';

export const operatorPassword = 'correct horse battery staple';

export interface TestKeyward extends AsyncDisposable {
  /** Of the real server, on a port of its own. */
  url: string;
  databaseUrl: string;
  database: Database;
  /** What bootstrap made: the operator, their organization and a key that manages everything. */
  bootstrap: Bootstrapped & { email: string };
  /** Changes by hand what nodes hold in memory, and returns when the server acts on it. */
  change(statement: string): Promise<void>;
  /** Every line that the server has logged. */
  logs: string[];
  /** A context of the system's own, for calling verbs directly. */
  context: {
    database: Database;
    actor: SystemActor;
    requestId: string;
    address: null;
    userAgent: null;
    organizationId: string;
    role: null;
  };
}

/** A real server on a database of its own, bootstrapped. */
export async function startTestKeyward(overrides: Partial<Config> = {}): Promise<TestKeyward> {
  await using started = new AsyncDisposableStack();
  const testDatabase = started.use(await createTestDatabase());
  const logs: string[] = [];
  const keyward = await startKeyward(
    {
      ...readConfig({}),
      port: 0,
      databaseUrl: testDatabase.url,
      ...overrides,
    },
    createLogger({ level: 'trace', isPretty: false, destination: collect(logs) }),
  );
  started.defer(() => keyward.stop());
  const connection = connectDatabase(testDatabase.url, 4);
  started.defer(() => connection.close());
  const { database } = connection;
  const context = {
    database,
    actor: { type: 'system' as const, name: 'test' },
    requestId: createRequestId(),
    address: null,
    userAgent: null,
  };
  const email = `${uniqueName('operator')}@example.com`;
  const made = await bootstrapInstance(context, {
    email,
    name: 'Olga Operator',
    password: operatorPassword,
    organization: uniqueName('Acme'),
  });
  const stack = started.move();
  return {
    url: keyward.url,
    databaseUrl: testDatabase.url,
    database,
    bootstrap: { ...made, email },
    async change(statement) {
      await changeAuthority(database, (transaction) => transaction.execute(statement));
    },
    logs,
    context: { ...context, organizationId: made.organizationId, role: null },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
}
