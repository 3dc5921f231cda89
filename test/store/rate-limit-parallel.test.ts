import type { Database } from '@keyward/server/database/connect-database';
import { createKey } from '@keyward/server/keys/create-key';
import { createLimiter } from '@keyward/server/verification/limits/create-limiter';
import { readRateLimit } from '@keyward/server/verification/limits/read-rate-limit';
import {
  startUsageRecorder,
  type UsageRecorder,
} from '@keyward/server/verification/usage/usage-recorder';
import { type Verifier, verifyKey } from '@keyward/server/verification/verify-key';
import type { RateLimitRule } from '@keyward/shared/rate-limit';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leaselessVerifier } from '../support/leaseless-verifier.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let usage: UsageRecorder;
let acme: TestOrganization;
let service: string;
/** One for each of three nodes. */
let pools: Database[];
beforeAll(async () => {
  store = await createTestStore();
  usage = startUsageRecorder(store.database, (error) => {
    throw error;
  });
  acme = await store.organization();
  service = await store.service(servicePresets['review-loops']);
  pools = [store.connect(8), store.connect(8), store.connect(8)];
});
afterAll(async () => {
  await usage.stop();
  await store[Symbol.asyncDispose]();
});

const startNodes = () => pools.map((pool) => leaselessVerifier(pool, usage));
const hourly = (limit: number): RateLimitRule => ({ limit, windowSeconds: 3600 });

async function makeKey(limit = 100) {
  const input = keyInput({ service, rateLimit: hourly(limit) });
  const { key, secret } = await createKey(acme.operator, input);
  return { id: key.id, plaintextSecret: secret ?? '' };
}

type TestKey = Awaited<ReturnType<typeof makeKey>>;

const verify = (node: Verifier, { plaintextSecret }: TestKey, cost = 1) =>
  verifyKey(node, {
    plaintextSecret,
    asker: 'own',
    service: null,
    address: null,
    permissions: [],
    cost,
  });

/**
 * How many of `count` verifications met each outcome. As many are under way at a time as keep every
 * connection busy: more would wait in this process, where a verification has a deadline.
 */
async function verifyAtOnce(key: TestKey, count: number, cost = 1) {
  const outcomes: string[] = [];
  const nodes = startNodes();
  let next = 0;
  const work = async () => {
    while (next < count) {
      const node = nodes[next % 3] as Verifier;
      next += 1;
      outcomes.push((await verify(node, key, cost)).outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, 48) }, work));
  const met = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  return { admitted: met('VALID'), limited: met('RATE_LIMITED') };
}

describe('parallel calls', () => {
  test('a limit of 100 admits exactly 100 of 1,000 that begin at once, over three pools', async () => {
    const { id } = await makeKey();
    const nodes = pools.map((pool) => createLimiter(pool, Date.now));
    const decisions = await Promise.all(
      Array.from({ length: 1000 }, async (_, index) =>
        nodes[index % 3]?.consume(id, hourly(100), 1),
      ),
    );
    const admitted = decisions.flatMap((decision) => (decision?.admitted ? [decision] : []));
    const remaining = admitted.map((decision) => decision.state.remaining).sort((a, b) => a - b);
    expect(remaining).toEqual(Array.from({ length: 100 }, (_, index) => index));
    const [row] = await store.sql`select used::int from rate_windows where key_id = ${id}`;
    expect(row?.used).toBe(100);
  });

  test('a limit of 100 makes exactly 100 of 1,000 verifications VALID, over three pools', async () => {
    const key = await makeKey();
    expect(await verifyAtOnce(key, 1000)).toEqual({ admitted: 100, limited: 900 });
  });

  test('a window that has ended admits exactly 100 again', async () => {
    const key = await makeKey();
    await verify(leaselessVerifier(store.database, usage), key, 100);
    await store.sql`update rate_windows set ends_at = now() - interval '1 second'
      where key_id = ${key.id}`;
    expect(await verifyAtOnce(key, 300)).toEqual({ admitted: 100, limited: 200 });
  });

  test('of cost 7 on a limit of 100 are admitted 14 times, and leave 2', async () => {
    const key = await makeKey();
    expect(await verifyAtOnce(key, 60, 7)).toEqual({ admitted: 14, limited: 46 });
    expect((await readRateLimit(store.database, key.id, hourly(100))).remaining).toBe(2);
    expect((await verify(leaselessVerifier(store.database, usage), key, 2)).outcome).toBe('VALID');
  });

  test('on two keys do not count against each other', async () => {
    const [one, other] = [await makeKey(5), await makeKey(5)];
    const both = await Promise.all([one, other].map((key) => verifyAtOnce(key, 20)));
    expect(both.map((counted) => counted.admitted)).toEqual([5, 5]);
  });
});
