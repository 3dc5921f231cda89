import { createKey } from '@keyward/server/keys/create-key';
import { rotateKey } from '@keyward/server/keys/rotate-key';
import { writeUsage } from '@keyward/server/verification/usage/write-usage';
import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import { tellOfTime } from '@keyward/server/webhooks/notices/tell-of-time';
import { tellOfTraffic } from '@keyward/server/webhooks/notices/tell-of-traffic';
import { tellOfUnused } from '@keyward/server/webhooks/notices/tell-of-unused';
import type { Outcome } from '@keyward/shared/outcomes';
import { servicePresets } from '@keyward/shared/service-presets';
import type { CreateWebhookInput } from '@keyward/shared/webhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let service: string;
let acme: TestOrganization;
let keyId: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets.merchant);
});
afterAll(() => store[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await store.organization();
  await listen();
  keyId = (await createKey(acme.admin, keyInput({ service }))).key.id;
  await store.sql`update keys set created_at = now() - interval '100 days' where id = ${keyId}`;
  await store.sql`delete from webhook_outbox`;
});

/** An endpoint that was there for a year. */
async function listen(input: Partial<CreateWebhookInput> = {}): Promise<void> {
  await createWebhook(acme.admin, { url: 'https://hooks.example/', ...input }, []);
  await store.sql`update webhook_endpoints set created_at = now() - interval '1 year'`;
}

/** What is in the outbox about the key, which is emptied. */
async function told(): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const rows = await store.sql<{ type: string; data: Record<string, unknown> }[]>`
    delete from webhook_outbox where target_id = ${keyId} returning type, data, actor`;
  return rows.map(({ type, data }) => ({ type, data }));
}

const expireIn = (interval: string) =>
  store.sql`update keys set expires_at = now() + ${interval}::interval where id = ${keyId}`;

const use = async (outcome: Outcome, count = 1) => {
  const [secret] = await store.sql<{ id: string }[]>`
    select id from key_secrets where key_id = ${keyId} order by id desc limit 1`;
  const address = '203.0.113.7';
  const event = { keyId, secretId: secret?.id ?? '', outcome, address, permissions: [], count };
  await writeUsage(store.database, [{ keyId, counts: [event], addresses: new Map() }]);
};

test('a key that expires is told of 14, 3 and 1 day before, once each, and when it has expired', async () => {
  await expireIn('20 days');
  await tellOfTime(store.system);
  expect(await told()).toEqual([]);
  const moments: (number | string)[] = [];
  for (const days of [13.9, 13.5, 4, 2.9, 2, 0.9, 0.1, -0.01, -0.5]) {
    await store.sql`update keys set expires_at = now() + make_interval(secs => ${days * 86_400})
      where id = ${keyId}`;
    // The occasion holds the moment of the expiry: what was told is moved along with it.
    await store.sql`update webhook_notices set occasion = split_part(occasion, ' before ', 1) || ' before '
      || (select to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from keys
        where id = ${keyId})
      where key_id = ${keyId} and type = 'key.expiring'`;
    await store.sql`update webhook_notices set occasion =
      (select to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from keys
        where id = ${keyId}) where key_id = ${keyId} and type = 'key.expired'`;
    await tellOfTime(store.system);
    await tellOfTime(store.system);
    for (const { type, data } of await told()) {
      moments.push(type === 'key.expiring' ? Number(data.days) : type);
    }
  }
  expect(moments).toEqual([14, 3, 1, 'key.expired']);
});

test('a key that was made for a week is not told of on its first day, and a revoked one never', async () => {
  await store.sql`update keys set created_at = now() where id = ${keyId}`;
  await expireIn('7 days');
  await tellOfTime(store.system);
  expect(await told()).toEqual([]);
  await store.sql`update keys set created_at = now() - interval '100 days', revoked_at = now()
    where id = ${keyId}`;
  await expireIn('2 hours');
  await tellOfTime(store.system);
  await expireIn('-2 hours');
  await tellOfTime(store.system);
  expect(await told()).toEqual([]);
});

test('an expiry that is moved is told of anew', async () => {
  await expireIn('2 days');
  await tellOfTime(store.system);
  await expireIn('2 days 1 hour');
  await tellOfTime(store.system);
  expect((await told()).map(({ type }) => type)).toEqual(['key.expiring', 'key.expiring']);
});

test('a rotation whose grace is over is told of as finished', async () => {
  await rotateKey(acme.admin, keyId, { graceSeconds: 60 });
  await told();
  await tellOfTime(store.system);
  expect(await told()).toEqual([]);
  await store.sql`update key_secrets set retires_at = now() where retires_at is not null`;
  await tellOfTime(store.system);
  await tellOfTime(store.system);
  expect(await told()).toMatchObject([
    { type: 'key.rotation_finished', data: { because: 'the grace period is over' } },
  ]);
});

test('the first use is told of, and no use after it, not even of another secret', async () => {
  await tellOfTraffic(store.system);
  expect(await told()).toEqual([]);
  await use('VALID');
  await tellOfTraffic(store.system);
  await use('VALID');
  await rotateKey(acme.admin, keyId, { graceSeconds: 60 });
  await use('VALID');
  await tellOfTraffic(store.system);
  expect((await told()).filter(({ type }) => type !== 'key.rotated')).toMatchObject([
    { type: 'key.first_used', data: { address: '203.0.113.7' } },
  ]);
});

test('a reached limit is told of at most once an hour', async () => {
  await use('RATE_LIMITED', 7);
  await tellOfTraffic(store.system);
  await use('RATE_LIMITED', 9);
  await tellOfTraffic(store.system);
  expect(await told()).toMatchObject([{ type: 'key.rate_limited', data: { refused: 7 } }]);
  await store.sql`update webhook_notices set at = now() - interval '61 minutes',
    occasion = 'an hour ago' where key_id = ${keyId}`;
  await tellOfTraffic(store.system);
  expect((await told()).map(({ type }) => type)).toEqual(['key.rate_limited']);
});

test('a refusal is told of when the key has not met its like for a day', async () => {
  await use('IP_NOT_ALLOWED', 3);
  await use('INSUFFICIENT_PERMISSIONS');
  await tellOfTraffic(store.system);
  await use('IP_NOT_ALLOWED', 3);
  await tellOfTraffic(store.system);
  const found = (await told()).map(({ type, data }) => [type, data.outcome]);
  expect(found.sort()).toEqual([
    ['key.refused', 'INSUFFICIENT_PERMISSIONS'],
    ['key.refused', 'IP_NOT_ALLOWED'],
  ]);
  const before = (interval: string) => store.sql`
    insert into key_usage (key_id, hour, outcome, count)
    values (${keyId}, date_trunc('hour', now()) - ${interval}::interval, 'SUSPENDED', 1)`;
  await before('20 hours');
  await use('SUSPENDED');
  await tellOfTraffic(store.system);
  expect(await told()).toEqual([]);
});

test('a key that falls out of use is told of once, and again after it was used', async () => {
  const lastUsed = (interval: string) => store.sql`
    update keys set last_used_at = now() - ${interval}::interval where id = ${keyId}`;
  await lastUsed('29 days');
  await tellOfUnused(store.system);
  expect(await told()).toEqual([]);
  await lastUsed('31 days');
  await tellOfUnused(store.system);
  await tellOfUnused(store.system);
  expect(await told()).toMatchObject([{ type: 'key.unused', data: { days: 30 } }]);
  await lastUsed('30 days 1 hour');
  await tellOfUnused(store.system);
  expect((await told()).map(({ type }) => type)).toEqual(['key.unused']);
  await lastUsed('90 days');
  await tellOfUnused(store.system);
  expect(await told()).toEqual([]);
});

test('nothing is told where nobody listens, nor what happened before somebody did', async () => {
  await store.sql`update webhook_endpoints set events = '{key.created}'
    where organization_id = ${acme.id}`;
  await use('VALID');
  await use('RATE_LIMITED');
  await expireIn('1 hour');
  await tellOfTraffic(store.system);
  await tellOfTime(store.system);
  expect(await told()).toEqual([]);
  expect(await store.sql`select from webhook_notices where key_id = ${keyId}`).toHaveLength(0);
  await store.sql`update key_secrets set first_used_at = now() - interval '1 hour'
    where key_id = ${keyId}`;
  await store.sql`update webhook_endpoints set events = '{}', created_at = now()
    where organization_id = ${acme.id}`;
  await tellOfTraffic(store.system);
  expect((await told()).map(({ type }) => type)).toEqual(['key.rate_limited']);
});
