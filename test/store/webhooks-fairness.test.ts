import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebhookStage, type WebhookStage, waitFor } from '../support/webhook-stage.ts';

let stage: WebhookStage;
beforeAll(async () => {
  stage = await createWebhookStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test('27: receivers that hang delay nobody else', async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  const hanging = await Promise.all(Array.from({ length: 8 }, () => stage.listen(acme)));
  for (const receiver of hanging) receiver.answer = () => {};
  await using prompt = await stage.listen(acme);
  const begun = Date.now();
  for (let count = 0; count < 10; count += 1) await stage.makeKey(acme);
  await expect.poll(() => prompt.received.length, waitFor).toBe(10);
  // Far less than the fifteen seconds that each of the others takes for its first message.
  expect(Date.now() - begun).toBeLessThan(12_000);
  expect(hanging.every(({ received }) => received.length <= 2)).toBe(true);
  for (const receiver of hanging) await receiver[Symbol.asyncDispose]();
});

test('a receiver that answers well and slowly waits apart from then on', {
  timeout: 30_000,
}, async () => {
  await using _ = await stage.run();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  const answers: (() => void)[] = [];
  receiver.answer = (response) => void answers.push(() => response.writeHead(204).end());
  await stage.makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  // The length of the wait is what this is about.
  await new Promise((resolve) => setTimeout(resolve, 3_200));
  answers[0]?.();
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('succeeded');
  await stage.makeKey(acme);
  await expect.poll(() => receiver.received.length, waitFor).toBe(2);
  const queued = await stage.store.sql`
    select name from pgboss.job where group_id = ${receiver.id} order by created_on`;
  expect(queued.map(({ name }) => name)).toEqual(['webhooks-prompt', 'webhooks-patient']);
  answers[1]?.();
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('succeeded');
});

test('a thousand messages for one receiver stand in nobody else’s way', async () => {
  const [acme, other] = [await stage.store.organization(), await stage.store.organization()];
  await using crowded = await stage.listen(acme);
  await using prompt = await stage.listen(other);
  crowded.answer = () => {};
  await stage.store.sql`
    insert into webhook_outbox (id, organization_id, type, at, actor, target_type, target_id, data)
    select 'evt_0' || number, ${acme.id}, 'organization.updated', now(),
      '{"type":"system","id":null,"name":"test"}', 'organization', ${acme.id}, '{}'
    from generate_series(1, 1000) as number`;
  await stage.makeKey(other);
  const begun = Date.now();
  await using _ = await stage.run();
  await expect.poll(() => prompt.received.length, waitFor).toBe(1);
  expect(Date.now() - begun).toBeLessThan(12_000);
  expect(crowded.received.length).toBeLessThanOrEqual(2);
});

test('nothing of this went wrong on the server’s side', () => {
  expect(stage.failures).toEqual([]);
});
