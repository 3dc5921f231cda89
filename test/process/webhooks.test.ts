import { expect, test } from 'vitest';
import { restClient } from '../support/rest-client.ts';
import { createInstallation, isAlive, kill, until } from '../support/served-keyward.ts';
import { loopback, startReceiver } from '../support/webhook-receiver.ts';

test('a message whose server is killed while the receiver hangs is sent again, under the same id', {
  timeout: 180_000,
}, async () => {
  await using receiver = await startReceiver();
  receiver.answer = () => {};
  await using installation = await createInstallation({
    KEYWARD_WEBHOOK_RANGES: loopback.join(),
  });
  const first = await installation.start(process.execPath, 'server/src/main.ts');
  const { secret } = JSON.parse((await installation.bootstrap()).stdout);
  const rest = restClient(first.url, secret);
  // Of that alone: the first use of the calling key would be told too.
  const body = { url: receiver.url, events: ['key.created'] };
  const webhook = await rest('POST', '/v1/webhooks', { body });
  const key = { name: 'told', service: 'keyward', permissions: [] };
  await rest('POST', '/v1/keys', { body: key });
  await until(() => receiver.received.length === 1, 'the first message');

  const database = await installation.databasePid();
  kill(first.process.pid, 'SIGKILL');
  await until(() => !isAlive(database ?? 0), 'the database to stop');
  receiver.answer = (response) => void response.writeHead(204).end();
  await installation.start(process.execPath, 'server/src/main.ts');

  // The dead server's job has to run out of its time before another takes it.
  await expect.poll(() => receiver.received.length, { timeout: 120_000, interval: 500 }).toBe(2);
  const [sent, again] = receiver.received;
  expect(again?.headers['webhook-id']).toBe(sent?.headers['webhook-id']);
  expect(again?.body).toBe(sent?.body);
  const path = `/v1/webhooks/${webhook.body.webhook.id}/deliveries`;
  const status = async () => (await rest('GET', path)).body.data[0].status;
  await expect.poll(status, { timeout: 10_000 }).toBe('succeeded');
});
