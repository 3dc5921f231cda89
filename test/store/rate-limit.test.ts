import { createKey } from '@keyward/server/keys/create-key';
import { createLimiter } from '@keyward/server/verification/limits/create-limiter';
import { readRateLimit } from '@keyward/server/verification/limits/read-rate-limit';
import {
  startUsageRecorder,
  type UsageRecorder,
} from '@keyward/server/verification/usage/usage-recorder';
import {
  explainVerification,
  type VerificationRequest,
  verifyKey,
} from '@keyward/server/verification/verify-key';
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
beforeAll(async () => {
  store = await createTestStore();
  usage = startUsageRecorder(store.database, (error) => {
    throw error;
  });
  acme = await store.organization();
  service = await store.service(servicePresets['review-loops']);
});
afterAll(async () => {
  await usage.stop();
  await store[Symbol.asyncDispose]();
});

const hourly = (limit: number): RateLimitRule => ({ limit, windowSeconds: 3600 });

async function makeKey(rateLimit: RateLimitRule = hourly(100)) {
  const { key, secret } = await createKey(acme.operator, keyInput({ service, rateLimit }));
  return { id: key.id, secret: secret ?? '' };
}

const question = (secret: string, cost = 1): VerificationRequest => ({
  plaintextSecret: secret,
  asker: 'own',
  service: null,
  address: null,
  permissions: [],
  cost,
});

/** Each by a node of its own, which knows of the window what its row says. */
const verify = (secret: string, cost?: number) =>
  verifyKey(leaselessVerifier(store.database, usage), question(secret, cost));

/** Puts the key's window into the past. */
const endWindow = (keyId: string) =>
  store.sql`update rate_windows set ends_at = now() - interval '1 second' where key_id = ${keyId}`;

describe('a window', () => {
  test('opens with the first admitted call, and lasts from then', async () => {
    const { id, secret } = await makeKey();
    const untouched = await readRateLimit(store.database, id, hourly(100));
    expect(untouched).toMatchObject({ remaining: 100, resetAt: null, resetAfterSeconds: null });
    const { rateLimit } = await verify(secret);
    const [row] = await store.sql<{ seconds: number }[]>`
      select extract(epoch from ends_at - now())::float as seconds from rate_windows
      where key_id = ${id}`;
    expect(row?.seconds).toBeGreaterThan(3590);
    expect(row?.seconds).toBeLessThan(3601);
    expect(rateLimit?.resetAfterSeconds).toBeGreaterThan(3590);
    const { rateLimit: next } = await verify(secret);
    expect(next).toMatchObject({ remaining: 98, resetAt: rateLimit?.resetAt });
  });

  test('never ends later than its length from now', async () => {
    const { id } = await makeKey();
    const perMinute = { limit: 10, windowSeconds: 60 };
    const told = new Set<number | null>();
    for (let count = 0; count < 20; count += 1) {
      const { state } = await createLimiter(store.database, Date.now).consume(id, perMinute, 1);
      told.add(state.resetAfterSeconds);
      await endWindow(id);
    }
    expect([...told]).toEqual([60]);
  });

  test('that has ended is as good as none, and the next call opens another', async () => {
    const { id, secret } = await makeKey();
    await verify(secret, 100);
    expect((await verify(secret)).outcome).toBe('RATE_LIMITED');
    await endWindow(id);
    const ended = await readRateLimit(store.database, id, hourly(100));
    expect(ended).toMatchObject({ remaining: 100, resetAt: null });
    const { outcome, rateLimit } = await verify(secret);
    expect([outcome, rateLimit?.remaining]).toEqual(['VALID', 99]);
    expect(rateLimit?.resetAfterSeconds).toBeGreaterThan(3590);
  });

  test('says when it ends to those that it refuses', async () => {
    const { secret } = await makeKey(hourly(1));
    const { rateLimit: opened } = await verify(secret);
    const { outcome, rateLimit } = await verify(secret);
    expect(outcome).toBe('RATE_LIMITED');
    expect(rateLimit).toMatchObject({ limit: 1, remaining: 0, resetAt: opened?.resetAt });
  });
});

describe('the cost of a call', () => {
  test('of 0 reads the limit: it opens no window, and is admitted in a spent one', async () => {
    const { id, secret } = await makeKey();
    expect(await verify(secret, 0)).toMatchObject({
      outcome: 'VALID',
      rateLimit: { remaining: 100 },
    });
    expect(await store.sql`select from rate_windows where key_id = ${id}`).toHaveLength(0);
    await verify(secret, 100);
    expect(await verify(secret, 0)).toMatchObject({
      outcome: 'VALID',
      rateLimit: { remaining: 0 },
    });
  });

  test('above the limit is never admitted, and consumes nothing', async () => {
    const { id, secret } = await makeKey();
    expect(await verify(secret, 101)).toMatchObject({
      outcome: 'RATE_LIMITED',
      rateLimit: { remaining: 100, resetAt: null },
    });
    expect(await store.sql`select from rate_windows where key_id = ${id}`).toHaveLength(0);
    expect((await verify(secret, 100)).outcome).toBe('VALID');
  });

  test('above what remains is refused, consumes nothing, and a smaller one still fits', async () => {
    const { secret } = await makeKey();
    await verify(secret, 90);
    expect(await verify(secret, 11)).toMatchObject({
      outcome: 'RATE_LIMITED',
      rateLimit: { remaining: 10 },
    });
    expect(await verify(secret, 10)).toMatchObject({
      outcome: 'VALID',
      rateLimit: { remaining: 0 },
    });
  });

  test('explained consumes nothing, counts nothing, and is judged as it would be', async () => {
    const { id, secret } = await makeKey();
    await verify(secret, 90);
    await usage.flush();
    const before = await store.fingerprint();
    const outcomes: string[] = [];
    for (const cost of [0, 1, 10, 11, 101]) {
      outcomes.push((await explainVerification(store, question(secret, cost))).outcome);
    }
    expect(outcomes).toEqual(['VALID', 'VALID', 'VALID', 'RATE_LIMITED', 'RATE_LIMITED']);
    await usage.flush();
    expect(await store.fingerprint()).toEqual(before);
    expect((await readRateLimit(store.database, id, hourly(100))).remaining).toBe(10);
  });
});

describe('a rule that changes within a window', () => {
  const consume = (keyId: string, rule: RateLimitRule, cost: number) =>
    createLimiter(store.database, Date.now).consume(keyId, rule, cost);

  test('and is lower refuses what is over it, and never shows less than nothing', async () => {
    const { id } = await makeKey();
    await consume(id, hourly(100), 50);
    const { admitted, state } = await consume(id, hourly(30), 1);
    expect(admitted).toBe(false);
    expect(state).toMatchObject({ limit: 30, remaining: 0 });
    expect((await consume(id, hourly(60), 10)).state).toMatchObject({ limit: 60, remaining: 0 });
  });

  test('and is higher admits the difference', async () => {
    const { id } = await makeKey();
    await consume(id, hourly(10), 10);
    expect((await consume(id, hourly(15), 6)).admitted).toBe(false);
    expect((await consume(id, hourly(15), 5)).admitted).toBe(true);
  });

  test('and has another length starts a window of its own', async () => {
    const { id } = await makeKey();
    await consume(id, hourly(100), 100);
    const perMinute = { limit: 10, windowSeconds: 60 };
    expect(await readRateLimit(store.database, id, perMinute)).toMatchObject({ remaining: 10 });
    const { admitted, state } = await consume(id, perMinute, 4);
    expect({ admitted, remaining: state.remaining }).toEqual({ admitted: true, remaining: 6 });
    expect(state.resetAfterSeconds).toBeGreaterThan(50);
    expect(state.resetAfterSeconds).toBeLessThan(62);
  });
});
