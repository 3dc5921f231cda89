import { expect, test } from 'vitest';
import { createInstallation, isAlive, kill, until } from '../support/served-keyward.ts';
import { loopback } from '../support/webhook-receiver.ts';
import { createWebhookStage, idOf, waitFor } from '../support/webhook-stage.ts';

test('27: a webhook receiver hangs and the server is killed: the message is sent again, at least once, under the same id', {
  timeout: 90_000,
}, async () => {
  await using stage = await createWebhookStage();
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  receiver.answer = () => {};
  await using installation = await createInstallation({
    DATABASE_URL: stage.store.url,
    KEYWARD_WEBHOOK_RANGES: loopback.join(),
  });
  const first = await installation.start(process.execPath, 'server/src/main.ts');
  await stage.makeKey(acme);
  await until(() => receiver.received.length === 1, 'the first message');
  kill(first.process.pid, 'SIGKILL');
  await until(() => !isAlive(first.process.pid), 'the server to be dead');

  // Nobody said so: the job is still being done, until it runs out of its time. That comes sooner here.
  const aged = await stage.store.sql`
    update pgboss.job set started_on = started_on - interval '30 seconds'
    where state = 'active' and data ->> 'deliveryId' is not null returning id`;
  expect(aged).toHaveLength(1);
  receiver.answer = (response) => void response.writeHead(204).end();
  await installation.start(process.execPath, 'server/src/main.ts');
  await expect
    .poll(
      async () => {
        await stage.hurry();
        return receiver.received.length;
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBe(2);
  const [sent, again] = receiver.received;
  expect(again && idOf(again)).toBe(sent && idOf(sent));
  expect(again?.body).toBe(sent?.body);
  await expect
    .poll(async () => (await stage.log(acme, receiver))[0]?.status, waitFor)
    .toBe('succeeded');
});
