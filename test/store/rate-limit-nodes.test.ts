import type { Database } from '@keyward/server/database/connect-database';
import { createKey } from '@keyward/server/keys/create-key';
import { findKeyFacts } from '@keyward/server/verification/find-key-facts';
import { createLimiter, type Limiter } from '@keyward/server/verification/limits/create-limiter';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';

let store: TestStore;
let pools: Database[];
beforeAll(async () => {
  store = await createTestStore();
  pools = [store.connect(4), store.connect(4)];
});
afterAll(() => store[Symbol.asyncDispose]());

const hourly = (limit: number): RateLimitRule => ({ limit, windowSeconds: 3600 });

const startNodes = (now = Date.now) =>
  pools.map((pool) => createLimiter(pool, now)) as [Limiter, Limiter];

async function makeKey(): Promise<string> {
  const acme = await store.organization();
  return (await createKey(acme.admin, keyInput({ service: 'keyward' }))).key.id;
}

async function usedOf(keyId: string): Promise<number> {
  const [row] = await store.sql<{ used: number }[]>`
    select used::int from rate_windows where key_id = ${keyId}`;
  return row?.used ?? 0;
}

/** The server processes whose statement waits for a lock. */
async function waitingProcesses(): Promise<number[]> {
  const rows = await store.sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.map((row) => row.pid);
}

/** Has every statement on the key's window wait until `work` is done. */
const whileLocked = (keyId: string, work: () => Promise<void>) =>
  store.sql.begin(async (sql) => {
    await sql`select from rate_windows where key_id = ${keyId} for update`;
    await work();
  });

const consumeOften = (node: Limiter, keyId: string, rule: RateLimitRule, times: number, cost = 1) =>
  Promise.all(Array.from({ length: times }, async () => node.consume(keyId, rule, cost)));

test('what remains of a limit of 1,000 is told exactly by each of two nodes in turn', async () => {
  const keyId = await makeKey();
  const nodes = startNodes();
  const told: number[] = [];
  for (let call = 0; call < 40; call += 1) {
    const decision = await nodes[call % 2]?.consume(keyId, hourly(1000), 1);
    told.push(decision?.state.remaining ?? -1);
  }
  expect(told).toEqual(Array.from({ length: 40 }, (_, call) => 999 - call));
});

test('calls of cost 7 that wait together leave the rest of a small limit to other nodes', async () => {
  const keyId = await makeKey();
  const [node, other] = startNodes();
  const decisions = await consumeOften(node, keyId, hourly(100), 20, 7);
  expect(decisions.filter(({ admitted }) => admitted)).toHaveLength(14);
  expect(await usedOf(keyId)).toBe(98);
  expect(await other.consume(keyId, hourly(100), 2)).toMatchObject({
    admitted: true,
    state: { remaining: 0 },
  });
});

test('a node that stops leaves nothing unspent, of calls under way neither', async () => {
  const keyId = await makeKey();
  const [node, other] = startNodes();
  await node.consume(keyId, hourly(10_000), 1);
  expect(await usedOf(keyId)).toBe(100);
  await node.stop();
  expect(await usedOf(keyId)).toBe(1);
  const underWay = other.consume(keyId, hourly(10_000), 1);
  await other.stop();
  expect((await underWay).admitted).toBe(true);
  expect(await usedOf(keyId)).toBe(2);
});

test('a share is not spent after its window has ended', async () => {
  const keyId = await makeKey();
  let ahead = 0;
  const [node, other] = startNodes(() => Date.now() + ahead);
  await node.consume(keyId, hourly(10_000), 1);
  await store.sql`update rate_windows set ends_at = now() where key_id = ${keyId}`;
  ahead = 3_600_000;
  await other.consume(keyId, hourly(10_000), 10_000);
  expect(await node.consume(keyId, hourly(10_000), 1)).toMatchObject({ admitted: false });
});

test.each([1000, 10_000])(
  'one statement at a time is made for the calls of a key, with a limit of %i',
  async (limit) => {
    const keyId = await makeKey();
    const [node] = startNodes();
    await node.consume(keyId, hourly(limit), 1);
    await node.stop();
    let calls: Promise<unknown> = Promise.resolve();
    await whileLocked(keyId, async () => {
      calls = consumeOften(node, keyId, hourly(limit), 50);
      await expect.poll(waitingProcesses).toHaveLength(1);
    });
    await calls;
    await node.stop();
    expect(await usedOf(keyId)).toBe(51);
  },
);

test('a statement that fails fails those who waited for it, and nobody after them', async () => {
  const keyId = await makeKey();
  const [node] = startNodes();
  await node.consume(keyId, hourly(100), 1);
  await whileLocked(keyId, async () => {
    const calls = Promise.allSettled(
      Array.from({ length: 5 }, async () => node.consume(keyId, hourly(100), 1)),
    );
    await expect.poll(waitingProcesses).toHaveLength(1);
    await store.sql`select pg_terminate_backend(${(await waitingProcesses())[0] ?? 0})`;
    expect((await calls).map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  });
  expect(await node.consume(keyId, hourly(100), 1)).toMatchObject({
    admitted: true,
    state: { remaining: 98 },
  });
});

test('a refusal of one node tells what another has taken since', async () => {
  const keyId = await makeKey();
  const [one, other] = startNodes();
  const rule = hourly(10);
  const remains = async (node: Limiter, cost: number) =>
    (await node.consume(keyId, rule, cost)).state.remaining;
  expect(await remains(one, 8)).toBe(2);
  expect(await remains(one, 5)).toBe(2);
  expect(await remains(other, 2)).toBe(0);
  expect(await remains(one, 5)).toBe(0);
});

test('calls of different costs that meet at any moment are all answered, and admit no more than the limit', async () => {
  const rule = hourly(13);
  for (let ticks = 0; ticks < 10; ticks += 1) {
    const keyId = await makeKey();
    const pool = store.connect(1);
    const node = createLimiter(pool, Date.now);
    await node.consume(keyId, rule, 3);
    const asked: unknown[] = [];
    const consume = async (cost: number) => {
      const { admitted } = await node.consume(keyId, rule, cost);
      return admitted ? cost : 0;
    };
    const first = consume(3).then(async (cost) => {
      // The statement for the next two is under way; this question follows it on the one connection.
      const late = findKeyFacts(pool, Buffer.alloc(32)).then(async () => {
        for (let tick = 0; tick < ticks; tick += 1) await null;
        return consume(1);
      });
      asked.push(late);
      return cost;
    });
    asked.push(first, consume(3), consume(3));
    await first;
    const admitted = (await Promise.all(asked)) as number[];
    expect(admitted.reduce((sum, cost) => sum + cost, 3)).toBeLessThanOrEqual(13);
  }
});
