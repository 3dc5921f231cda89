import { createKey } from '@keyward/server/keys/create-key';
import { changeAuthority } from '@keyward/server/verification/authority/change-authority';
import { pruneAuthorityChanges } from '@keyward/server/verification/authority/prune-changes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const revision = async () => {
  const [row] = await store.sql<{ revision: number }[]>`
    select revision::int from authority_revision`;
  return row?.revision ?? -1;
};

async function makeKey() {
  const acme = await store.organization();
  const { key } = await createKey(acme.admin, keyInput({ service: 'keyward' }));
  return { acme, keyId: key.id };
}

describe('a change of what nodes hold in memory', () => {
  test('is refused when it is made any other way, with what to do, and leaves nothing behind', async () => {
    const { acme, keyId } = await makeKey();
    const before = await store.fingerprint();
    for (const statement of [
      `update keys set revoked_at = now() where id = '${keyId}'`,
      `update keys set permissions = '{}' where id = '${keyId}'`,
      `update key_secrets set retired_at = now() where key_id = '${keyId}'`,
      `delete from memberships where organization_id = '${acme.id}'`,
      `update memberships set role = 'member' where organization_id = '${acme.id}'`,
      `update organizations set status = 'suspended' where id = '${acme.id}'`,
      `update services set disabled_at = now() where slug = 'keyward'`,
      `update users set email = 'new-' || email where id = '${acme.member.actor.userId}'`,
      'update authority_revision set has_imports = true',
    ]) {
      const failure = await store.database.execute(statement).catch((error) => error.cause);
      expect(failure?.message, statement).toContain('change it through changeAuthority()');
      expect(failure?.hint, statement).toContain('keyward.changes_authority');
    }
    expect(await store.fingerprint()).toEqual(before);
  });

  test('counts one revision for each row, without gaps', async () => {
    const { keyId } = await makeKey();
    const before = await revision();
    const { receipt } = await changeAuthority(store.database, async (transaction) => {
      await transaction.execute(`update keys set suspended_at = now() where id = '${keyId}'`);
      await transaction.execute(
        `update key_secrets set retires_at = now() where key_id = '${keyId}'`,
      );
    });
    expect(receipt).toMatchObject({ revision: before + 2, nodes: 0 });
    const rows = await store.sql`
      select revision::int, subject_id from authority_changes where revision > ${before} order by 1`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { revision: before + 1, subject_id: keyId },
      { revision: before + 2, subject_id: keyId },
    ]);
  });

  test('that fails counts nothing', async () => {
    const { keyId } = await makeKey();
    const before = await revision();
    const failing = changeAuthority(store.database, async (transaction) => {
      await transaction.execute(`update keys set suspended_at = now() where id = '${keyId}'`);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await revision()).toBe(before);
  });

  test('is not made within a transaction of somebody else, where it could not be waited for', async () => {
    await expect(
      store.database.transaction((transaction) => changeAuthority(transaction, async () => {})),
    ).rejects.toThrow('give changeAuthority the pool');
  });
});

test('what a verification counts is no change: no usage flush wakes the nodes', async () => {
  const { keyId } = await makeKey();
  const before = await revision();
  await store.database.execute(`update keys set total_requests = 1, last_used_at = now(),
    last_used_ip = '203.0.113.9', updated_at = now() where id = '${keyId}'`);
  await store.database.execute(
    `update key_secrets set last_used_at = now(), first_used_at = now() where key_id = '${keyId}'`,
  );
  expect(await revision()).toBe(before);
});

test('every column that facts are read from is one whose change is counted', async () => {
  const rows = await store.sql<{ table: string; column: string }[]>`
    select event_object_table as table, event_object_column as column
    from information_schema.triggered_update_columns where trigger_name like '%_authority'`;
  const counted = new Set(rows.map((row) => `${row.table}.${row.column}`));
  const uncounted = {
    keys: ['created_by', 'created_at', 'updated_at', 'idempotency_key', 'idempotency_hash'].concat([
      'total_requests',
      'last_used_at',
      'last_used_ip',
      'reviewed_at',
      'holds_in_vain',
    ]),
    key_secrets: ['created_at', 'first_used_at', 'last_used_at', 'retire_when_quiet_seconds'],
    organizations: ['guardrails', 'requires_second_factor', 'created_at'],
    services: ['created_at', 'updated_at'],
    users: ['password_hash', 'is_operator', 'created_at'],
  };
  for (const [table, exempt] of Object.entries(uncounted)) {
    const columns = await store.sql<{ name: string }[]>`
      select column_name as name from information_schema.columns where table_name = ${table}`;
    const missing = columns
      .map(({ name }) => name)
      .filter((name) => !exempt.includes(name) && !counted.has(`${table}.${name}`));
    expect(missing, table).toEqual([]);
  }
});

test('changes that no node will read any more are dropped, and the newest are kept', async () => {
  await using own = await createTestStore();
  await own.sql`insert into authority_changes (revision, subject, subject_id)
    select n, 'key', 'key_x' from generate_series(1000, 12000) n`;
  await own.sql`update authority_revision set revision = 12000`;
  await pruneAuthorityChanges(own);
  const [kept] = await own.sql<{ first: number; last: number }[]>`
    select min(revision)::int as first, max(revision)::int as last from authority_changes`;
  expect(kept).toEqual({ first: 2001, last: 12_000 });
});
