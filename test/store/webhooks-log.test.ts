import { getWebhook } from '@keyward/server/webhooks/get-webhook';
import { listDeliveryLog } from '@keyward/server/webhooks/list-delivery-log';
import { listWebhookStandings } from '@keyward/server/webhooks/list-webhooks';
import { pingWebhook } from '@keyward/server/webhooks/ping-webhook';
import { redeliver } from '@keyward/server/webhooks/redeliver';
import { redeliverFailed } from '@keyward/server/webhooks/redeliver-failed';
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

const pageOf = (id: string) => ({ id, statuses: [], limit: 20 });

test('the log has the headers of each attempt, by which it verifies', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  await stage.makeKey(acme);
  const log = () => listDeliveryLog(acme.admin, pageOf(receiver.id));
  await expect.poll(async () => (await log()).data[0]?.status, waitFor).toBe('succeeded');
  const { data } = await log();
  const headers = data[0]?.attempts[0]?.requestHeaders ?? {};
  expect(receiver.received[0]?.headers).toMatchObject(headers);
  expect(Object.keys(headers).sort()).toEqual([
    'content-type',
    'user-agent',
    'webhook-id',
    'webhook-signature',
    'webhook-timestamp',
  ]);
  new Webhook(receiver.secret).verify(data[0]?.body ?? '', headers);
});

test('how an endpoint fares is told: what waits and until when, what came last, what never arrived', async () => {
  await using _ = await stage.run();
  const [acme, other] = [await stage.store.organization(), await stage.store.organization()];
  await using receiver = await stage.listen(acme);
  await using untold = await stage.listen(other);
  expect(await getWebhook(other.admin, untold.id)).toMatchObject({
    lastDelivery: null,
    pending: 0,
    nextAttemptAt: null,
    resendable: 0,
  });
  receiver.answer = (response) => void response.writeHead(500).end();
  await stage.makeKey(acme);
  const standing = () => getWebhook(acme.admin, receiver.id);
  await expect.poll(async () => (await standing()).webhook.failingSince, waitFor).not.toBeNull();
  expect(await standing()).toMatchObject({
    lastDelivery: { type: 'key.created', status: 'pending' },
    pending: 1,
    nextAttemptAt: expect.stringMatching(/Z$/),
    resendable: 0,
  });
  expect(await listWebhookStandings(acme.admin)).toEqual([await standing()]);
});

test('all that failed is sent again: each message once, under its own id, and no ping', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  receiver.answer = (response) => void response.writeHead(500).end();
  await stage.makeKey(acme);
  await stage.makeKey(acme);
  const attempts = async () => (await stage.log(acme, receiver)).flatMap((one) => one.attempts);
  await expect.poll(async () => (await attempts()).length, waitFor).toBe(2);
  await pingWebhook(acme.admin, receiver.id);
  await expect.poll(async () => (await attempts()).length, waitFor).toBe(3);
  const again = () => redeliverFailed(acme.admin, receiver.id);
  await expect(again()).rejects.toMatchObject({ code: 'conflict' });

  await stage.store.sql`
    update webhook_deliveries set status = 'failed', next_attempt_at = null, finished_at = now()
    where endpoint_id = ${receiver.id}`;
  const [, failed] = (await stage.log(acme, receiver)).filter(({ type }) => type === 'key.created');
  receiver.answer = (response) => void response.writeHead(204).end();
  // One of them arrives by itself: it is not to come a second time.
  const { id: single } = await redeliver(acme.admin, failed?.id ?? '');
  const statusOf = async (id: string) =>
    (await stage.log(acme, receiver)).find((one) => one.id === id)?.status;
  await expect.poll(() => statusOf(single), waitFor).toBe('succeeded');
  expect((await getWebhook(acme.admin, receiver.id)).resendable).toBe(1);
  const disabled = { enabled: false };
  await updateWebhook(acme.admin, receiver.id, disabled, loopback);
  await expect(again()).rejects.toMatchObject({ code: 'conflict' });
  await updateWebhook(acme.admin, receiver.id, { enabled: true }, loopback);
  expect(await again()).toEqual({ count: 1 });
  expect((await getWebhook(acme.admin, receiver.id)).resendable).toBe(0);
  await expect.poll(() => receiver.received.length, waitFor).toBe(5);
  const created = receiver.received.filter((one) => one.body.includes('key.created'));
  expect(new Set(created.map(idOf)).size).toBe(2);
  const [event] = await stage.store.sql`
    select data from audit_events where chain = ${acme.id} order by number desc limit 1`;
  expect(event?.data).toEqual({ count: 1 });
});

test('nobody but who may change webhooks sends again', async () => {
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  const refused = { code: 'insufficient_permissions' };
  await expect(redeliverFailed(acme.member, receiver.id)).rejects.toMatchObject(refused);
  await expect(getWebhook(acme.member, receiver.id)).rejects.toMatchObject(refused);
  await expect(listDeliveryLog(acme.member, pageOf(receiver.id))).rejects.toMatchObject(refused);
  const other = await stage.store.organization();
  const unknown = { code: 'not_found' };
  await expect(redeliverFailed(other.admin, receiver.id)).rejects.toMatchObject(unknown);
  await expect(getWebhook(other.admin, receiver.id)).rejects.toMatchObject(unknown);
});

test('a ping waits for nothing else that is sent to the same endpoint', async () => {
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  for (let count = 0; count < 8; count += 1) await stage.makeKey(acme);
  await stage.store.sql`update webhook_endpoints set is_slow = true where id = ${receiver.id}`;
  await pingWebhook(acme.admin, receiver.id);
  receiver.answer = () => {};
  await using _ = await stage.run();
  // Of a slow endpoint's messages one is sent at a time, and that one is not answered.
  await expect
    .poll(() => typesOf(receiver).sort(), waitFor)
    .toEqual(['key.created', 'webhook.ping']);
});

test('what comes for an endpoint that was just enabled is sent, though it was seen as disabled', async () => {
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  await stage.makeKey(acme);
  await using _relay = await stage.run({ allowed: ['127.9.9.9/32'] });
  // Blocked once, it waits for its second attempt.
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.attempts.length, waitFor)
    .toBe(1);
  await _relay[Symbol.asyncDispose]();
  await stage.store.sql`update webhook_endpoints set enabled = false where id = ${receiver.id}`;
  const enabling = await stage.store.sql.reserve();
  try {
    await enabling`begin`;
    await enabling`update webhook_endpoints set enabled = true where id = ${receiver.id}`;
    await stage.hurry();
    await using _ = await stage.run();
    const waits = async () =>
      (
        await stage.store.sql`
          select from pg_stat_activity where datname = current_database()
            and wait_event_type = 'Lock' and query like '%webhook_%'`
      ).length;
    await expect.poll(waits, waitFor).toBeGreaterThan(0);
    await enabling`commit`;
    await expect
      .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
      .toBe('succeeded');
  } finally {
    enabling.release();
  }
});

test('nothing of this went wrong on the server’s side', () => {
  expect(stage.failures).toEqual([]);
});
