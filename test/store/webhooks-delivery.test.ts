import { createKey } from '@keyward/server/keys/create-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { pingWebhook } from '@keyward/server/webhooks/ping-webhook';
import { redeliver } from '@keyward/server/webhooks/redeliver';
import { rotateWebhookSecret } from '@keyward/server/webhooks/rotate-webhook-secret';
import { servicePresets } from '@keyward/shared/service-presets';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyInput } from '../support/test-store.ts';
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

test('an event is sent once it is committed, signed, and written into the log', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  const { key } = await stage.makeKey(acme);
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
      key: { id: key.id, name: key.name, kind: 'bot', service: stage.service },
      change: { after: { id: key.id, permissions: [] } },
    },
  });
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('succeeded');
  expect(await stage.log(acme, receiver)).toMatchObject([
    {
      webhookId: receiver.id,
      eventId: message && idOf(message),
      type: 'key.created',
      body: message?.body,
      nextAttemptAt: null,
      attempts: [{ statusCode: 204, error: null, response: '' }],
    },
  ]);
  expect(JSON.stringify(await stage.log(acme, receiver))).not.toContain(receiver.secret);
});

test('what is rolled back is not sent, and what is committed while nobody runs is sent later', async () => {
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  const failed = stage.store.database.transaction(async (transaction) => {
    await createKey({ ...acme.admin, database: transaction }, keyInput({ service: stage.service }));
    throw new Error('rolled back');
  });
  await expect(failed).rejects.toThrow('rolled back');
  const { key } = await stage.makeKey(acme);
  await using _ = await stage.run();
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  expect(receiver.received[0]?.body).toContain(key.id);
  expect(await stage.store.sql`select from webhook_outbox`).toHaveLength(0);
});

test('two processes send each event once', async () => {
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  await using _one = await stage.run();
  await using _two = await stage.run();
  for (let count = 0; count < 12; count += 1) await stage.makeKey(acme);
  await expect
    .poll(
      async () =>
        (await stage.log(acme, receiver)).filter((one) => one.status === 'succeeded').length,
      waitFor,
    )
    .toBe(12);
  expect(new Set(receiver.received.map(idOf)).size).toBe(12);
  expect(receiver.received).toHaveLength(12);
});

test('an endpoint is told of what it asks for: by event, kind and service, and by nothing of others', async () => {
  await using _ = await stage.run();
  const [acme, other] = [await stage.store.organization(), await stage.store.organization()];
  const links = await stage.store.service(servicePresets['short-links']);
  await using all = await stage.listen(acme);
  await using updates = await stage.listen(acme, {
    events: ['key.updated', 'organization.updated'],
  });
  await using users = await stage.listen(acme, { kinds: ['user'] });
  await using ofLinks = await stage.listen(acme, { services: [links] });
  await using foreign = await stage.listen(other);
  const bot = await stage.makeKey(acme);
  await createKey(acme.member, keyInput({ service: links, kind: 'user' }));
  await updateKey(acme.admin, bot.key.id, { name: 'renamed' });
  await expect
    .poll(() => typesOf(all).sort(), waitFor)
    .toEqual(['key.created', 'key.created', 'key.updated']);
  await expect.poll(() => typesOf(updates), waitFor).toEqual(['key.updated']);
  await expect.poll(() => typesOf(users), waitFor).toEqual(['key.created']);
  await expect.poll(() => typesOf(ofLinks), waitFor).toEqual(['key.created']);
  expect(foreign.received).toEqual([]);
});

test('a ping goes even to a disabled endpoint, is not repeated, and is held against nobody', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme, { enabled: false });
  receiver.answer = (response) => void response.writeHead(500).end();
  const { id } = await pingWebhook(acme.admin, receiver.id);
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('failed');
  expect(await stage.log(acme, receiver)).toMatchObject([{ id, type: 'webhook.ping' }]);
  expect(typesOf(receiver)).toEqual(['webhook.ping']);
  expect(await stage.stateOf(acme, receiver)).toMatchObject({ failingSince: null, enabled: false });
});

test('a delivery is sent again under the same id, byte for byte', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  await stage.makeKey(acme);
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('succeeded');
  const [sent] = await stage.log(acme, receiver);
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
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
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
  await stage.makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  expect([verifies(secret, 0), verifies(receiver.secret, 0)]).toEqual([true, true]);
  await stage.store.sql`update webhook_endpoints set previous_secret_until = now()`;
  await stage.makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(2);
  expect([verifies(secret, 1), verifies(receiver.secret, 1)]).toEqual([true, false]);
});

test('after a rotation without overlap the old secret verifies nothing', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  const { secret, webhook } = await rotateWebhookSecret(acme.admin, receiver.id, 0);
  expect(webhook.previousSecretUntil).toBeNull();
  await stage.makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  const { body = '', headers = {} } = receiver.received[0] ?? {};
  const verify = (by: string) => () =>
    new Webhook(by).verify(body, headers as Record<string, string>);
  expect(verify(secret)).not.toThrow();
  expect(verify(receiver.secret)).toThrow();
});

test('nothing of this went wrong on the server’s side', () => {
  expect(stage.failures).toEqual([]);
});
