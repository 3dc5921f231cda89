import { createKey } from '@keyward/server/keys/create-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import {
  type DeliveryOptions,
  startDeliveries,
} from '@keyward/server/webhooks/delivery/start-deliveries';
import { listDeliveries } from '@keyward/server/webhooks/list-deliveries';
import { listWebhooks } from '@keyward/server/webhooks/list-webhooks';
import { pingWebhook } from '@keyward/server/webhooks/ping-webhook';
import { redeliver } from '@keyward/server/webhooks/redeliver';
import { rotateWebhookSecret } from '@keyward/server/webhooks/rotate-webhook-secret';
import { updateWebhook } from '@keyward/server/webhooks/update-webhook';
import { servicePresets } from '@keyward/shared/service-presets';
import type { CreateWebhookInput } from '@keyward/shared/webhooks';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';
import {
  loopback,
  type Received,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';

let store: TestStore;
let service: string;
const failures: unknown[] = [];
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets.merchant);
});
afterAll(() => store[Symbol.asyncDispose]());

const run = async (options: Partial<DeliveryOptions> = {}) => {
  const deliveries = await startDeliveries({
    databaseUrl: store.url,
    allowed: loopback,
    logger: { warn: () => {} },
    onError: (error) => failures.push(error),
    pollMilliseconds: 20,
    ...options,
  });
  return { [Symbol.asyncDispose]: () => deliveries.stop() };
};

interface Listener extends WebhookReceiver {
  id: string;
  secret: string;
}

async function listen(
  acme: TestOrganization,
  input: Partial<CreateWebhookInput> = {},
): Promise<Listener> {
  const receiver = await startReceiver();
  const { webhook, secret } = await createWebhook(
    acme.admin,
    { url: receiver.url, ...input },
    loopback,
  );
  return Object.assign(receiver, { id: webhook.id, secret });
}

const makeKey = (acme: TestOrganization, options: Partial<Parameters<typeof keyInput>[0]> = {}) =>
  createKey(acme.admin, keyInput({ service, ...options }));

const types = ({ received }: WebhookReceiver) => received.map(({ body }) => JSON.parse(body).type);
const idOf = ({ headers }: Received) => headers['webhook-id'];
const log = async (acme: TestOrganization, { id }: { id: string }) =>
  (await listDeliveries(acme.admin, id, { limit: 100 })).data;
const stateOf = async (acme: TestOrganization, { id }: { id: string }) =>
  (await listWebhooks(acme.admin)).find((webhook) => webhook.id === id);
const waitFor = { timeout: 15_000, interval: 30 };

/** Lets the time of the next attempt come. */
const hurry = () =>
  store.sql`update pgboss.job set start_after = now() where state < 'active'::pgboss.job_state`;

test('an event is sent once it is committed, signed, and written into the log', async () => {
  await using _ = await run();
  const acme = await store.organization();
  await using receiver = await listen(acme);
  const { key } = await makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  const [message] = receiver.received;
  const verified = new Webhook(receiver.secret).verify(
    message?.body ?? '',
    message?.headers as Record<string, string>,
  );
  expect(verified).toMatchObject({
    id: message && idOf(message),
    type: 'key.created',
    timestamp: expect.stringMatching(/Z$/),
    data: {
      organization: { id: acme.id },
      actor: { type: 'user', id: acme.admin.actor.userId },
      target: { type: 'key', id: key.id },
      key: { id: key.id, name: key.name, kind: 'bot', service },
      change: { after: { id: key.id, permissions: [] } },
    },
  });
  await expect.poll(async () => (await log(acme, receiver))[0]?.status, waitFor).toBe('succeeded');
  expect(await log(acme, receiver)).toMatchObject([
    {
      webhookId: receiver.id,
      eventId: message && idOf(message),
      type: 'key.created',
      body: message?.body,
      nextAttemptAt: null,
      attempts: [{ statusCode: 204, error: null, response: '' }],
    },
  ]);
  expect(JSON.stringify(await log(acme, receiver))).not.toContain(receiver.secret);
});

test('what is rolled back is not sent, and what is committed while nobody runs is sent later', async () => {
  const acme = await store.organization();
  await using receiver = await listen(acme);
  const failed = store.database.transaction(async (transaction) => {
    await createKey({ ...acme.admin, database: transaction }, keyInput({ service }));
    throw new Error('rolled back');
  });
  await expect(failed).rejects.toThrow('rolled back');
  const { key } = await makeKey(acme);
  await using _ = await run();
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  expect(receiver.received[0]?.body).toContain(key.id);
  expect(await store.sql`select from webhook_outbox`).toHaveLength(0);
});

test('two processes send each event once', async () => {
  const acme = await store.organization();
  await using receiver = await listen(acme);
  await using _one = await run();
  await using _two = await run();
  for (let count = 0; count < 12; count += 1) await makeKey(acme);
  await expect
    .poll(
      async () => (await log(acme, receiver)).filter((one) => one.status === 'succeeded').length,
      waitFor,
    )
    .toBe(12);
  expect(new Set(receiver.received.map(idOf)).size).toBe(12);
  expect(receiver.received).toHaveLength(12);
});

test('an endpoint is told of what it asks for: by event, kind and service, and by nothing of others', async () => {
  await using _ = await run();
  const [acme, other] = [await store.organization(), await store.organization()];
  const links = await store.service(servicePresets['short-links']);
  await using all = await listen(acme);
  await using updates = await listen(acme, { events: ['key.updated', 'organization.updated'] });
  await using users = await listen(acme, { kinds: ['user'] });
  await using ofLinks = await listen(acme, { services: [links] });
  await using foreign = await listen(other);
  const bot = await makeKey(acme);
  await createKey(acme.member, keyInput({ service: links, kind: 'user' }));
  await updateKey(acme.admin, bot.key.id, { name: 'renamed' });
  await expect
    .poll(() => types(all).sort(), waitFor)
    .toEqual(['key.created', 'key.created', 'key.updated']);
  await expect.poll(() => types(updates), waitFor).toEqual(['key.updated']);
  await expect.poll(() => types(users), waitFor).toEqual(['key.created']);
  await expect.poll(() => types(ofLinks), waitFor).toEqual(['key.created']);
  expect(foreign.received).toEqual([]);
});

test('an attempt that fails is made again by the schedule, with the same id and body and another time', async () => {
  await using _ = await run({ timeoutMilliseconds: 200 });
  const acme = await store.organization();
  await using receiver = await listen(acme);
  const answers = [500, 429, 0, 204];
  receiver.answer = (response) => {
    const status = answers[receiver.received.length - 1] ?? 204;
    if (status !== 0) {
      response.writeHead(status, status === 429 ? { 'retry-after': '4000' } : {}).end('busy');
    }
  };
  await makeKey(acme);
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await expect
      .poll(async () => (await log(acme, receiver))[0]?.attempts.length, waitFor)
      .toBe(attempt);
    const [delivery] = await log(acme, receiver);
    expect(delivery?.status).toBe('pending');
    delays.push((Date.parse(delivery?.nextAttemptAt ?? '') - Date.now()) / 1000);
    await hurry();
  }
  await expect.poll(async () => (await log(acme, receiver))[0]?.status, waitFor).toBe('succeeded');
  const [after500 = 0, after429 = 0, afterNothing = 0] = delays;
  expect(after500).toBeGreaterThan(1);
  expect(after500).toBeLessThan(6);
  expect(after429).toBeGreaterThan(3_900);
  expect(after429).toBeLessThan(4_010);
  expect(afterNothing).toBeGreaterThan(1_700);
  expect(afterNothing).toBeLessThan(2_000);
  const { received } = receiver;
  expect(received).toHaveLength(4);
  expect(new Set(received.map(idOf)).size).toBe(1);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  for (const { body, headers } of received) {
    new Webhook(receiver.secret).verify(body, headers as Record<string, string>);
  }
  expect((await log(acme, receiver))[0]?.attempts).toMatchObject([
    { statusCode: 500, error: 'The receiver answered 500.', response: 'busy' },
    { statusCode: 429 },
    { statusCode: null, error: expect.stringContaining('No answer came'), response: null },
    { statusCode: 204, error: null },
  ]);
  expect(await stateOf(acme, receiver)).toMatchObject({ enabled: true, failingSince: null });
});

test('an attempt whose process dies is made again with the same id', async () => {
  const acme = await store.organization();
  await using receiver = await listen(acme);
  receiver.answer = () => {};
  {
    await using _ = await run();
    await makeKey(acme);
    await expect.poll(() => receiver.received.length, waitFor).toBe(1);
    // What a dead process leaves behind: a job that is being done, and nobody who does it.
  }
  await store.sql`update pgboss.job set state = 'active', started_on = now() - interval '1 hour'
    where state = 'retry'`;
  receiver.answer = (response) => void response.writeHead(204).end();
  const { openJobQueue } = await import('@keyward/server/database/job-queue');
  const queue = await openJobQueue(store.url, (error) => failures.push(error));
  await queue.boss.supervise();
  await queue.stop();
  await hurry();
  await using _ = await run();
  await expect.poll(() => receiver.received.length, waitFor).toBe(2);
  expect(new Set(receiver.received.map(idOf)).size).toBe(1);
  await expect.poll(async () => (await log(acme, receiver))[0]?.status, waitFor).toBe('succeeded');
});

test('410 disables the endpoint, and the others are told', async () => {
  await using _ = await run();
  const acme = await store.organization();
  await using gone = await listen(acme, { events: ['key.created'] });
  await using watcher = await listen(acme, { events: ['webhook.disabled'] });
  gone.answer = (response) => void response.writeHead(410).end();
  await makeKey(acme);
  await expect.poll(() => types(watcher), waitFor).toEqual(['webhook.disabled']);
  expect(await stateOf(acme, gone)).toMatchObject({
    enabled: false,
    disabledBecause: 'The receiver answered 410 Gone.',
  });
  expect(JSON.parse(watcher.received[0]?.body ?? '').data).toMatchObject({
    actor: { type: 'system' },
    target: { type: 'webhook', id: gone.id },
    change: { because: 'The receiver answered 410 Gone.' },
  });
  const events = await store.sql`
    select action from audit_events where chain = ${acme.id} and target_id = ${gone.id}`;
  expect(events.map(({ action }) => action)).toContain('webhook.disabled');
  await makeKey(acme);
  await expect
    .poll(async () => (await store.sql`select from webhook_outbox`).length, waitFor)
    .toBe(0);
  expect(gone.received).toHaveLength(1);
});

test('five days of nothing but failures disable the endpoint, and what waits is given up', async () => {
  await using _ = await run();
  const acme = await store.organization();
  await using receiver = await listen(acme);
  receiver.answer = (response) => void response.writeHead(500).end();
  await makeKey(acme);
  await expect.poll(async () => (await log(acme, receiver))[0]?.attempts.length, waitFor).toBe(1);
  expect((await stateOf(acme, receiver))?.failingSince).not.toBeNull();
  await store.sql`update webhook_endpoints set failing_since = now() - interval '5 days 1 minute'
    where id = ${receiver.id}`;
  await hurry();
  await expect.poll(async () => (await stateOf(acme, receiver))?.enabled, waitFor).toBe(false);
  expect((await log(acme, receiver))[0]).toMatchObject({
    status: 'discarded',
    nextAttemptAt: null,
  });
  await updateWebhook(acme.admin, receiver.id, { enabled: true }, loopback);
  expect(await stateOf(acme, receiver)).toMatchObject({
    enabled: true,
    failingSince: null,
    disabledBecause: null,
  });
});

test('the last attempt of the schedule is the last', async () => {
  await using _ = await run();
  const acme = await store.organization();
  await using receiver = await listen(acme);
  receiver.answer = (response) => void response.writeHead(503).end();
  await makeKey(acme);
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await expect.poll(() => receiver.received.length, waitFor).toBe(attempt);
    await expect
      .poll(async () => (await log(acme, receiver))[0]?.attempts.length, waitFor)
      .toBe(attempt);
    await hurry();
  }
  expect((await log(acme, receiver))[0]).toMatchObject({ status: 'failed', nextAttemptAt: null });
});

test('receivers that hang delay nobody else', async () => {
  await using _ = await run();
  const acme = await store.organization();
  const hanging = await Promise.all(Array.from({ length: 8 }, () => listen(acme)));
  for (const receiver of hanging) receiver.answer = () => {};
  await using prompt = await listen(acme);
  const begun = Date.now();
  for (let count = 0; count < 10; count += 1) await makeKey(acme);
  await expect.poll(() => prompt.received.length, waitFor).toBe(10);
  // Far less than the fifteen seconds that each of the others takes for its first message.
  expect(Date.now() - begun).toBeLessThan(12_000);
  expect(hanging.every(({ received }) => received.length <= 2)).toBe(true);
  for (const receiver of hanging) await receiver[Symbol.asyncDispose]();
});

test('a ping goes even to a disabled endpoint, is not repeated, and is held against nobody', async () => {
  await using _ = await run();
  const acme = await store.organization();
  await using receiver = await listen(acme, { enabled: false });
  receiver.answer = (response) => void response.writeHead(500).end();
  const { id } = await pingWebhook(acme.admin, receiver.id);
  await expect.poll(async () => (await log(acme, receiver))[0]?.status, waitFor).toBe('failed');
  expect(await log(acme, receiver)).toMatchObject([{ id, type: 'webhook.ping' }]);
  expect(types(receiver)).toEqual(['webhook.ping']);
  expect(await stateOf(acme, receiver)).toMatchObject({ failingSince: null, enabled: false });
});

test('a delivery is sent again under the same id, byte for byte', async () => {
  await using _ = await run();
  const acme = await store.organization();
  await using receiver = await listen(acme);
  await makeKey(acme);
  await expect.poll(async () => (await log(acme, receiver))[0]?.status, waitFor).toBe('succeeded');
  const [sent] = await log(acme, receiver);
  const again = await redeliver(acme.admin, sent?.id ?? '');
  expect(again).toMatchObject({
    redeliveryOf: sent?.id,
    eventId: sent?.eventId,
    status: 'pending',
  });
  await expect.poll(() => receiver.received.length, waitFor).toBe(2);
  expect(new Set(receiver.received.map((one) => `${idOf(one)} ${one.body}`)).size).toBe(1);
});

test('after a rotation messages verify by both secrets, until the old one’s day is over', async () => {
  await using _ = await run();
  const acme = await store.organization();
  await using receiver = await listen(acme);
  const { secret, webhook } = await rotateWebhookSecret(acme.admin, receiver.id);
  const hours = (Date.parse(webhook.previousSecretUntil ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  const verifies = (by: string, index: number) => {
    const { body = '', headers = {} } = receiver.received[index] ?? {};
    try {
      new Webhook(by).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  };
  await makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  expect([verifies(secret, 0), verifies(receiver.secret, 0)]).toEqual([true, true]);
  await store.sql`update webhook_endpoints set previous_secret_until = now()`;
  await makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(2);
  expect([verifies(secret, 1), verifies(receiver.secret, 1)]).toEqual([true, false]);
});

test('a blocked target is logged, and no connection is made', async () => {
  const lines: { webhook: string }[] = [];
  const warn = (facts: { webhook: string }) => void lines.push(facts);
  await using _ = await run({ allowed: ['127.9.9.9/32'], logger: { warn } as never });
  const acme = await store.organization();
  await using receiver = await listen(acme);
  await makeKey(acme);
  await expect.poll(async () => (await log(acme, receiver))[0]?.attempts.length, waitFor).toBe(1);
  expect((await log(acme, receiver))[0]?.attempts[0]).toMatchObject({
    statusCode: null,
    error: expect.stringMatching(/^Blocked: 127\.0\.0\.1 .*No connection was made\.$/),
  });
  expect(lines.filter(({ webhook }) => webhook === receiver.id)).toHaveLength(1);
  expect(receiver.connections()).toBe(0);
});

test('nothing of this went wrong on the server’s side', () => {
  expect(failures).toEqual([]);
});
