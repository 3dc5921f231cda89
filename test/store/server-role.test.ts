import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { bootstrapInstance } from '@keyward/server/accounts/bootstrap-instance';
import { readConfig } from '@keyward/server/config';
import { connectDatabase } from '@keyward/server/database/connect-database';
import { migrateDatabase } from '@keyward/server/database/migrate-database';
import { startKeyward } from '@keyward/server/start-keyward';
import { pino } from 'pino';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { restClient } from '../support/rest-client.ts';
import { createTestDatabase } from '../support/test-database.ts';

const readmePath = new URL('../../README.md', import.meta.url);

/** The grants of the README, to a role of this test's own. */
async function readGrants(role: string, password: string): Promise<string> {
  const readme = await readFile(readmePath, 'utf8');
  const [, grants = ''] = /```sql\n([^`]*keyward_server[^`]*)```/.exec(readme) ?? [];
  return grants.replaceAll('keyward_server', role).replaceAll("'…'", `'${password}'`);
}

/** What would make the audit log something else. */
const attempts = [
  `update audit_events set action = 'none'`,
  'delete from audit_events',
  'truncate audit_events',
  'delete from audit_heads',
  'truncate audit_heads',
  'alter table audit_events disable trigger user',
  'drop trigger audit_events_kept on audit_events',
  'drop function keep_audit_events cascade',
  'drop table audit_events',
  'set session_replication_role = replica',
];

test('a role that owns nothing serves, and has no way to change what was recorded', async () => {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase());
  await migrateDatabase(database.url);
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  stack.defer(() => owner.end());
  const role = `keyward_server_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await owner.unsafe(await readGrants(role, password));
  stack.defer(async () => {
    await owner.unsafe(`drop owned by ${role}`);
    await owner.unsafe(`drop role ${role}`);
  });

  const url = new URL(database.url);
  url.username = role;
  url.password = password;
  const warnings: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  const config = { ...readConfig({}), port: 0, databaseUrl: url.href };
  const keyward = await startKeyward(config, logger);
  stack.defer(() => keyward.stop());
  const connection = connectDatabase(url.href, 2);
  stack.defer(() => connection.close());
  const { secret } = await bootstrapInstance(
    {
      database: connection.database,
      actor: { type: 'system', name: 'test' },
      requestId: 'req_none',
      address: null,
      userAgent: null,
    },
    {
      email: 'owner@example.com',
      name: 'Owner',
      password: 'correct horse battery staple',
      organization: 'Acme',
    },
  );
  const rest = restClient(keyward.url, secret);
  const body = { name: 'sample', service: 'keyward', permissions: [] };
  const made = await rest('POST', '/v1/keys', { body });
  expect(made.status).toBe(201);
  const webhook = { url: 'https://hooks.example/keyward' };
  expect((await rest('POST', '/v1/webhooks', { body: webhook })).status).toBe(201);
  expect((await rest('DELETE', `/v1/keys/${made.body.key.id}`)).status).toBe(200);

  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  stack.defer(() => sql.end());
  for (const attempt of attempts) {
    await expect(sql.unsafe(attempt), attempt).rejects.toMatchObject({ code: '42501' });
  }
  expect(warnings).toEqual([]);
});
