import { openJobQueue } from '@keyward/server/database/job-queue';
import { updateWebhook } from '@keyward/server/webhooks/update-webhook';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loopback } from '../support/webhook-receiver.ts';
import {
  createWebhookStage,
  idOf,
  typesOf,
  type WebhookStage,
  waitFor,
} from '../support/webhook-stage.ts';

let stage: WebhookStage;
beforeAll(async () => {
  stage = await createWebhookStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test('27: an attempt that fails is made again by the schedule, with the same id and body and another time', async () => {
  await using _ = await stage.run({ timeoutMilliseconds: 200 });
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  const answers = [500, 429, 0, 204];
  receiver.answer = (response) => {
    const status = answers[receiver.received.length - 1] ?? 204;
    if (status !== 0) {
      response.writeHead(status, status === 429 ? { 'retry-after': '4000' } : {}).end('busy');
    }
  };
  await stage.makeKey(acme);
  const delays: number[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await expect
      .poll(async () => (await stage.log(acme, receiver))[0]?.attempts.length, waitFor)
      .toBe(attempt);
    const [delivery] = await stage.log(acme, receiver);
    expect(delivery?.status).toBe('pending');
    delays.push((Date.parse(delivery?.nextAttemptAt ?? '') - Date.now()) / 1000);
    await stage.hurry();
  }
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('succeeded');
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
  expect((await stage.log(acme, receiver))[0]?.attempts).toMatchObject([
    { statusCode: 500, error: 'The receiver answered 500.', response: 'busy' },
    { statusCode: 429 },
    { statusCode: null, error: expect.stringContaining('No answer came'), response: null },
    { statusCode: 204, error: null },
  ]);
  expect(await stage.stateOf(acme, receiver)).toMatchObject({ enabled: true, failingSince: null });
});

test('27: an attempt whose process dies is made again with the same id', async () => {
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  receiver.answer = () => {};
  {
    await using _ = await stage.run();
    await stage.makeKey(acme);
    await expect.poll(() => receiver.received.length, waitFor).toBe(1);
    // What a dead process leaves behind: a job that is being done, and nobody who does it.
  }
  await stage.store
    .sql`update pgboss.job set state = 'active', started_on = now() - interval '1 hour'
    where state = 'retry'`;
  receiver.answer = (response) => void response.writeHead(204).end();
  const queue = await openJobQueue(stage.store.url, (error) => stage.failures.push(error));
  await queue.boss.supervise();
  await queue.stop();
  await stage.hurry();
  await using _ = await stage.run();
  await expect.poll(() => receiver.received.length, waitFor).toBe(2);
  expect(new Set(receiver.received.map(idOf)).size).toBe(1);
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('succeeded');
});

test('27: 410 disables the endpoint, and the others are told', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using gone = await stage.listen(acme, { events: ['key.created'] });
  await using watcher = await stage.listen(acme, { events: ['webhook.disabled'] });
  gone.answer = (response) => void response.writeHead(410).end();
  await stage.makeKey(acme);
  await expect.poll(() => typesOf(watcher), waitFor).toEqual(['webhook.disabled']);
  expect(await stage.stateOf(acme, gone)).toMatchObject({
    enabled: false,
    disabledBecause: 'The receiver answered 410 Gone.',
  });
  expect(JSON.parse(watcher.received[0]?.body ?? '').data).toMatchObject({
    actor: { type: 'system' },
    target: { type: 'webhook', id: gone.id },
    change: { because: 'The receiver answered 410 Gone.' },
  });
  const events = await stage.store.sql`
    select action from audit_events where chain = ${acme.id} and target_id = ${gone.id}`;
  expect(events.map(({ action }) => action)).toContain('webhook.disabled');
  await stage.makeKey(acme);
  await expect
    .poll(async () => (await stage.store.sql`select from webhook_outbox`).length, waitFor)
    .toBe(0);
  expect(gone.received).toHaveLength(1);
});

test('five days of nothing but failures disable the endpoint, and what waits is given up', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  receiver.answer = (response) => void response.writeHead(500).end();
  await stage.makeKey(acme);
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.attempts.length, waitFor)
    .toBe(1);
  expect((await stage.stateOf(acme, receiver))?.failingSince).not.toBeNull();
  await stage.store
    .sql`update webhook_endpoints set failing_since = now() - interval '5 days 1 minute'
    where id = ${receiver.id}`;
  await stage.hurry();
  await expect
    .poll(async () => (await stage.stateOf(acme, receiver))?.enabled, waitFor)
    .toBe(false);
  expect((await stage.log(acme, receiver))[0]).toMatchObject({
    status: 'discarded',
    nextAttemptAt: null,
  });
  await updateWebhook(acme.admin, receiver.id, { enabled: true }, loopback);
  expect(await stage.stateOf(acme, receiver)).toMatchObject({
    enabled: true,
    failingSince: null,
    disabledBecause: null,
  });
});

test('the last attempt of the schedule is the last', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  receiver.answer = (response) => void response.writeHead(503).end();
  await stage.makeKey(acme);
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await expect.poll(() => receiver.received.length, waitFor).toBe(attempt);
    await expect
      .poll(async () => (await stage.log(acme, receiver))[0]?.attempts.length, waitFor)
      .toBe(attempt);
    await stage.hurry();
  }
  expect((await stage.log(acme, receiver))[0]).toMatchObject({
    status: 'failed',
    nextAttemptAt: null,
  });
});

test('a blocked target is logged, and no connection is made', async () => {
  const lines: { webhook: string }[] = [];
  const warn = (facts: { webhook: string }) => void lines.push(facts);
  await using _ = await stage.run({ allowed: ['127.9.9.9/32'], logger: { warn } as never });
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  await stage.makeKey(acme);
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.attempts.length, waitFor)
    .toBe(1);
  expect((await stage.log(acme, receiver))[0]?.attempts[0]).toMatchObject({
    statusCode: null,
    error: expect.stringMatching(/^Blocked: 127\.0\.0\.1 .*No connection was made\.$/),
  });
  expect(lines.filter(({ webhook }) => webhook === receiver.id)).toHaveLength(1);
  expect(receiver.connections()).toBe(0);
});

test('nothing of this went wrong on the server’s side', () => {
  expect(stage.failures).toEqual([]);
});
