import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { hashAuditEvent, recordAuditEvent } from '@keyward/server/audit/record-audit-event';
import { reportAuditChains } from '@keyward/server/audit/report-audit-chains';
import { selectAuditEvents } from '@keyward/server/audit/select-audit-events';
import { verifyAuditChain } from '@keyward/server/audit/verify-audit-chain';
import { verifyAuditLog, verifyInstanceLog } from '@keyward/server/audit/verify-audit-log';
import { createKey } from '@keyward/server/keys/create-key';
import { servicePresets } from '@keyward/shared/service-presets';
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tamper } from '../support/tamper.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

/** An organization with six events. */
async function makeLog(): Promise<TestOrganization> {
  const acme = await store.organization();
  for (let count = 0; count < 5; count += 1) {
    await createKey(acme.admin, keyInput({ service }));
  }
  return acme;
}

const at = (chain: string, number: number) => (sql: TransactionSql) =>
  sql`chain = ${chain} and number = ${number}`;

type Tampering = (sql: TransactionSql, chain: string) => Promise<unknown>;

async function afterTampering(tampering: Tampering) {
  const acme = await makeLog();
  await tamper(store.sql, (sql) => tampering(sql, acme.id));
  return verifyAuditLog(acme.admin);
}

/** As somebody does who knows how hashes are made: the event's own is right again, and no other. */
async function rewrite(sql: TransactionSql, chain: string, number: number): Promise<void> {
  const [event] = await selectAuditEvents(
    store.database,
    chain,
    {},
    { before: number + 1, limit: 1 },
  );
  if (event === undefined) {
    throw new Error('There is no such event.');
  }
  const { hash: _hash, ...told } = { ...event, action: 'key.revoked' as const };
  await sql`update audit_events set action = 'key.revoked', hash = ${hashAuditEvent(told)}
    where ${at(chain, number)(sql)}`;
}

test('a log that nobody touched is whole, and says since when and what its head is', async () => {
  const acme = await makeLog();
  const [first] = await store.sql`select at from audit_events where chain = ${acme.id}
    order by number limit 1`;
  expect(await verifyAuditLog(acme.admin)).toEqual({
    events: 6,
    head: { number: 6, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    since: first?.at.toISOString(),
    broken: null,
  });
  const operator = await store.user({ isOperator: true });
  const instance = await verifyInstanceLog(store.as(operator));
  expect(instance.events).toBeGreaterThan(0);
  expect(instance.broken).toBeNull();
});

const faults: [what: string, tampering: Tampering, number: number, reason: string][] = [
  [
    'an event that was changed',
    (sql, chain) =>
      sql`update audit_events set data = jsonb_set(data, '{after,name}', '"other"')
        where ${at(chain, 3)(sql)}`,
    3,
    'changed',
  ],
  [
    'an event whose time was changed',
    (sql, chain) =>
      sql`update audit_events set at = at - interval '1 ms' where ${at(chain, 6)(sql)}`,
    6,
    'changed',
  ],
  [
    'an event that was removed from the middle',
    (sql, chain) => sql`delete from audit_events where ${at(chain, 3)(sql)}`,
    3,
    'missing',
  ],
  [
    'the first event removed',
    (sql, chain) => sql`delete from audit_events where ${at(chain, 1)(sql)}`,
    1,
    'missing',
  ],
  [
    'an event that was removed and its number closed up',
    async (sql, chain) => {
      await sql`delete from audit_events where ${at(chain, 3)(sql)}`;
      await sql`update audit_events set number = number - 1 where chain = ${chain} and number = 4`;
    },
    3,
    'out_of_order',
  ],
  [
    'the last events removed',
    (sql, chain) => sql`delete from audit_events where chain = ${chain} and number > 4`,
    5,
    'tail_cut',
  ],
  [
    'the last events removed, and the number of the head set back',
    async (sql, chain) => {
      await sql`delete from audit_events where chain = ${chain} and number > 4`;
      await sql`update audit_heads set number = 4 where chain = ${chain}`;
    },
    4,
    'head_changed',
  ],
  [
    'two events that were swapped',
    async (sql, chain) => {
      await sql`update audit_events set number = -1 where ${at(chain, 3)(sql)}`;
      await sql`update audit_events set number = 3 where ${at(chain, 4)(sql)}`;
      await sql`update audit_events set number = 4 where ${at(chain, -1)(sql)}`;
    },
    3,
    'out_of_order',
  ],
  [
    'an event before the first',
    (sql, chain) => sql`update audit_events set number = 0 where ${at(chain, 1)(sql)}`,
    0,
    'out_of_order',
  ],
  [
    'an event that was changed and hashed anew',
    (sql, chain) => rewrite(sql, chain, 3),
    4,
    'not_linked',
  ],
  [
    'the last event changed and hashed anew',
    (sql, chain) => rewrite(sql, chain, 6),
    6,
    'head_changed',
  ],
  [
    'the head removed',
    (sql, chain) => sql`delete from audit_heads where chain = ${chain}`,
    6,
    'head_missing',
  ],
  [
    'the head set back',
    (sql, chain) => sql`update audit_heads set number = 5 where chain = ${chain}`,
    6,
    'beyond_head',
  ],
  [
    'everything removed, the head too',
    async (sql, chain) => {
      await sql`delete from audit_events where chain = ${chain}`;
      await sql`delete from audit_heads where chain = ${chain}`;
    },
    1,
    'missing',
  ],
];

test.each(faults)('%s is found', async (_, tampering, number, reason) => {
  const { broken } = await afterTampering(tampering);
  expect(broken).toMatchObject({ number, reason });
  expect(broken?.detail).toMatch(/\.$/);
});

test('in its place is told which event stands there', async () => {
  const { broken } = await afterTampering(async (sql, chain) => {
    await sql`update audit_events set number = -1 where ${at(chain, 2)(sql)}`;
    await sql`update audit_events set number = 2 where ${at(chain, 5)(sql)}`;
    await sql`update audit_events set number = 5 where ${at(chain, -1)(sql)}`;
  });
  expect(broken?.detail).toContain('In the place of event 2 stands event 5');
});

describe('a long log', () => {
  test('is read batch by batch, and may be left', async () => {
    const acme = await store.organization();
    await store.database.transaction(async (transaction) => {
      for (let count = 0; count < 450; count += 1) {
        const target = { type: 'organization', id: acme.id } as const;
        const action = 'organization.updated';
        await recordAuditEvent(transaction, acme.system, { chain: acme.id, action, target });
      }
    });
    const seen: number[] = [];
    const onProgress = (looked: number, all: number) => seen.push(looked, all);
    const { events, broken } = await verifyAuditChain(store.database, acme.id, { onProgress });
    expect([events, broken]).toEqual([451, null]);
    expect(seen).toEqual([200, 451, 400, 451, 451, 451]);
    const aborted = AbortSignal.abort(new Error('gone'));
    await expect(verifyAuditChain(store.database, acme.id, { signal: aborted })).rejects.toThrow(
      'gone',
    );
  });
});

test('events that are recorded meanwhile break nothing', async () => {
  const acme = await makeLog();
  const verdicts = await Promise.all(
    Array.from({ length: 6 }, async () => {
      await createKey(acme.admin, keyInput({ service }));
      return verifyAuditChain(store.connect(1), acme.id);
    }),
  );
  expect(verdicts.map(({ broken }) => broken)).toEqual(Array(6).fill(null));
});

test('one log is looked through by one at a time', async () => {
  const [acme, globex] = [await makeLog(), await makeLog()];
  const other = await makeLog();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const holding = store.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`verify audit log: ${acme.id}`}, 0))`;
    await sql`select pg_advisory_xact_lock(hashtextextended('verify audit logs: turn 0', 0))`;
    await held;
  });
  await expect
    .poll(() =>
      verifyAuditLog(acme.admin).then(
        () => 'done',
        ({ code }) => code,
      ),
    )
    .toBe('conflict');
  expect((await verifyAuditLog(globex.admin)).broken).toBeNull();
  const second = store.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('verify audit logs: turn 1', 0))`;
    await held;
  });
  await expect
    .poll(() =>
      verifyAuditLog(other.admin).then(
        () => 'done',
        ({ code }) => code,
      ),
    )
    .toBe('conflict');
  letGo();
  await Promise.all([holding, second]);
  expect((await verifyAuditLog(acme.admin)).broken).toBeNull();
});

test('it is for whoever may read the log', async () => {
  const acme = await makeLog();
  const refused = { code: 'insufficient_permissions' };
  const reader = await acme.bot(['auditLog:read']);
  for (const context of [acme.owner, acme.operator, reader]) {
    expect((await verifyAuditLog(context)).broken).toBeNull();
  }
  for (const context of [acme.member, await acme.bot(['apiKeys:*'])]) {
    await expect(verifyAuditLog(context)).rejects.toMatchObject(refused);
  }
  await expect(verifyInstanceLog(acme.owner)).rejects.toMatchObject(refused);
});

test('the report names each log, and tells of what is broken in one', async () => {
  const [whole, broken] = [await makeLog(), await makeLog()];
  await tamper(store.sql, (sql) => sql`delete from audit_events where ${at(broken.id, 2)(sql)}`);
  const report = async (organization: string | null) => {
    const lines: string[] = [];
    const tell = (line: string) => lines.push(line);
    const options = { organization, tell, tellProgress: () => {} };
    return { isWhole: await reportAuditChains(store.database, options), lines };
  };
  const all = await report(null);
  expect(all.isWhole).toBe(false);
  expect(all.lines).toContainEqual(
    `${broken.slug}: BROKEN at event 2 (missing). Event 2 is missing.`,
  );
  expect(all.lines).toContainEqual(
    expect.stringMatching(/^accounts and services: \d+ events, unbroken since/),
  );
  for (const name of [whole.id, whole.slug]) {
    const { isWhole, lines } = await report(name);
    expect(isWhole).toBe(true);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${whole.slug}: 6 events`))]);
  }
  await expect(report('nobody')).rejects.toMatchObject({ code: 'not_found' });
});

test('the command line tells of each log, and ends with 1 when one is broken', async () => {
  const [whole, broken] = [await makeLog(), await makeLog()];
  await tamper(store.sql, (sql) => sql`delete from audit_events where ${at(broken.id, 6)(sql)}`);
  const cli = fileURLToPath(new URL('../../server/src/cli.ts', import.meta.url));
  const run = async (...words: string[]) => {
    const env = { ...process.env, DATABASE_URL: store.url };
    const child = spawn(process.execPath, [cli, 'audit', 'verify', ...words], { env });
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { code, output, errors };
  };
  const good = await run('--organization', whole.slug);
  expect([good.code, good.errors]).toEqual([0, '']);
  expect(good.output).toMatch(/: 6 events, unbroken since .* Head: 6 [0-9a-f]{64}\n$/);
  const all = await run();
  expect(all.code).toBe(1);
  expect(all.output).toContain(
    `${broken.slug}: BROKEN at event 6 (tail_cut). The end was cut off.`,
  );
  const unknown = await run('--organization', 'nobody');
  expect([unknown.code, unknown.errors]).toEqual([1, 'There is no organization nobody.\n']);
});
