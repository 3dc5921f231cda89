import type { Database } from '@keyward/server/database/connect-database';
import { createKey } from '@keyward/server/keys/create-key';
import { createLimiter, type Limiter } from '@keyward/server/verification/limits/create-limiter';
import { readRateLimit } from '@keyward/server/verification/limits/read-rate-limit';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';

let store: TestStore;
/** One for each of three nodes. */
let pools: Database[];
beforeAll(async () => {
  store = await createTestStore();
  pools = [store.connect(4), store.connect(4), store.connect(4)];
});
afterAll(() => store[Symbol.asyncDispose]());

const hourly = (limit: number): RateLimitRule => ({ limit, windowSeconds: 3600 });
const startNodes = (now = Date.now): Limiter[] => pools.map((pool) => createLimiter(pool, now));

async function makeKey(): Promise<string> {
  const acme = await store.organization();
  return (await createKey(acme.admin, keyInput({ service: 'keyward' }))).key.id;
}

async function consumeAtOnce(nodes: Limiter[], keyId: string, rule: RateLimitRule, count: number) {
  const decisions = await Promise.all(
    Array.from({ length: count }, async (_, index) =>
      nodes[index % nodes.length]?.consume(keyId, rule, 1),
    ),
  );
  return decisions.filter((decision) => decision?.admitted).length;
}

const usedOf = async (keyId: string) => {
  const [row] = await store.sql<{ used: number }[]>`
    select used::int from rate_windows where key_id = ${keyId}`;
  return row?.used ?? 0;
};

describe('a large limit', () => {
  test('admits no more than itself over three nodes, and leaves at most 1 % a node', async () => {
    const keyId = await makeKey();
    const nodes = startNodes();
    const admitted = await consumeAtOnce(nodes, keyId, hourly(10_000), 15_000);
    expect(admitted).toBeLessThanOrEqual(10_000);
    expect(admitted).toBeGreaterThanOrEqual(9_700);
    await Promise.all(nodes.map((node) => node.stop()));
    expect(await usedOf(keyId), 'what was not spent is given back').toBe(admitted);
    const [next] = startNodes();
    const rest = await consumeAtOnce([next as Limiter], keyId, hourly(10_000), 400);
    expect(admitted + rest).toBe(10_000);
  });

  test('loses at most the share of a node that is killed', async () => {
    const keyId = await makeKey();
    const [killed, other] = startNodes() as [Limiter, Limiter];
    await killed.consume(keyId, hourly(10_000), 1);
    const admitted = await consumeAtOnce([other], keyId, hourly(10_000), 11_000);
    expect(admitted).toBe(9_900);
  });

  test('is asked for once in as many calls as a share holds', async () => {
    const keyId = await makeKey();
    const [node] = startNodes() as [Limiter];
    for (let call = 0; call < 250; call += 1) {
      await node.consume(keyId, hourly(10_000), 1);
    }
    expect(await usedOf(keyId)).toBe(300);
  });

  test('says what remains: the row’s remainder and the node’s own share', async () => {
    const keyId = await makeKey();
    const [node] = startNodes() as [Limiter];
    const told: number[] = [];
    for (let call = 0; call < 120; call += 1) {
      told.push((await node.consume(keyId, hourly(10_000), 1)).state.remaining);
    }
    expect(told).toEqual(Array.from({ length: 120 }, (_, call) => 9_999 - call));
  });

  test('takes a cost that is larger than a share, and refuses one that is larger than the rest', async () => {
    const keyId = await makeKey();
    const [node] = startNodes() as [Limiter];
    expect((await node.consume(keyId, hourly(10_000), 1)).admitted).toBe(true);
    expect((await node.consume(keyId, hourly(10_000), 9_000)).state.remaining).toBe(999);
    expect((await node.consume(keyId, hourly(10_000), 1_000)).admitted).toBe(false);
    expect((await node.consume(keyId, hourly(10_000), 999)).admitted).toBe(true);
    expect((await node.consume(keyId, hourly(10_000), 1)).admitted).toBe(false);
  });
});

describe('a share', () => {
  test('is given back when the rule is another, and never spent under it', async () => {
    const keyId = await makeKey();
    const [node] = startNodes() as [Limiter];
    await node.consume(keyId, hourly(100_000), 1);
    expect(await usedOf(keyId)).toBe(1_000);
    await node.consume(keyId, hourly(900), 1);
    await expect.poll(() => usedOf(keyId)).toBeLessThanOrEqual(2);
  });

  test('is not given back to a window that has ended', async () => {
    const keyId = await makeKey();
    const [node, other] = startNodes() as [Limiter, Limiter];
    await node.consume(keyId, hourly(10_000), 1);
    await store.sql`update rate_windows set ends_at = now() where key_id = ${keyId}`;
    await other.consume(keyId, hourly(10_000), 5_000);
    await node.stop();
    expect(await usedOf(keyId)).toBe(5_000);
  });
});

test('an exhausted window is remembered: it is refused without a statement until it ends', async () => {
  const keyId = await makeKey();
  let ahead = 0;
  const [node] = startNodes(() => Date.now() + ahead) as [Limiter];
  expect(await consumeAtOnce([node], keyId, hourly(3), 5)).toBe(3);
  await node.consume(keyId, hourly(3), 1);
  await store.sql`update rate_windows set used = 0 where key_id = ${keyId}`;
  expect(node.consume(keyId, hourly(3), 1)).toMatchObject({
    admitted: false,
    state: { remaining: 0 },
  });
  ahead = 3_600_001;
  expect((await node.consume(keyId, hourly(3), 1)).admitted).toBe(true);
});

test('whatever nodes do and however they end, a window admits no more than its limit', async () => {
  const action = fc.record({
    node: fc.nat(2),
    cost: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 400 })),
    times: fc.integer({ min: 1, max: 60 }),
    end: fc.constantFrom('stay', 'stay', 'stay', 'stop', 'kill'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(50, 1_000, 1_001, 5_000),
      fc.array(action, { minLength: 1, maxLength: 12 }),
      async (limit, actions) => {
        const keyId = await makeKey();
        const nodes = startNodes();
        let admitted = 0;
        await Promise.all(
          actions.map(async ({ node, cost, times, end }) => {
            const limiter = nodes[node] as Limiter;
            const calls = Array.from({ length: times }, async () =>
              limiter.consume(keyId, hourly(limit), cost),
            );
            const decisions = await Promise.all(calls);
            admitted += decisions.filter((decision) => decision.admitted).length * cost;
            if (end === 'stop') {
              await limiter.stop();
            }
            if (end !== 'stay') {
              nodes[node] = createLimiter(pools[node] as Database, Date.now);
            }
          }),
        );
        expect(admitted).toBeLessThanOrEqual(limit);
        expect(
          (await readRateLimit(store.database, keyId, hourly(limit))).remaining,
        ).toBeLessThanOrEqual(limit - admitted);
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});
