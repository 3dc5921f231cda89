import { createKey } from '@keyward/server/keys/create-key';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let acme: TestOrganization;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  service = await store.service(servicePresets.analytics);
  await createKey(acme.admin, keyInput({ service }));
});
afterAll(() => store[Symbol.asyncDispose]());

const statements = [
  `update audit_events set action = 'key.revoked'`,
  `update audit_events set data = '{}' where false`,
  'delete from audit_events',
  'truncate audit_events',
  'truncate organizations, audit_events cascade',
  `insert into audit_events select * from audit_events on conflict (id) do update set action = 'none'`,
  'update audit_heads set number = number - 1',
  'update audit_heads set number = number + 2',
  `update audit_heads set hash = 'none'`,
  `update audit_heads set number = number + 1, hash = 'none'`,
  `update audit_heads set chain = 'other'`,
  `insert into audit_heads (chain, number, hash) values ('other', 7, '')`,
  `insert into audit_heads (chain, number, hash) values ('other', 1, 'none')`,
  'delete from audit_heads',
  'truncate audit_heads',
];

test.each(statements)(
  'the owner of the tables, a superuser even, is refused: %s',
  async (statement) => {
    const before = await store.fingerprint();
    await expect(store.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
    // As a replica applies what it is sent, most triggers rest.
    const asReplica = store.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql.unsafe(statement);
    });
    await expect(asReplica).rejects.toMatchObject({ code: '42501' });
    expect(await store.fingerprint()).toEqual(before);
  },
);

test('what the server does goes on', async () => {
  await createKey(acme.admin, keyInput({ service }));
  const [row] = await store.sql`select number::int from audit_heads where chain = ${acme.id}`;
  expect(row?.number).toBe(3);
});
