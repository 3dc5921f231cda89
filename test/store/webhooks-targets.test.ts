import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestOrganization } from '../support/test-store.ts';
import { loopback, startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { createWebhookStage, type WebhookStage, waitFor } from '../support/webhook-stage.ts';

let stage: WebhookStage;
let listener: WebhookReceiver;
beforeAll(async () => {
  stage = await createWebhookStage();
  listener = await startReceiver();
});
afterAll(async () => {
  await listener[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

// Each leads to the listener, to this machine or to its network, if one lets it.
const targets: readonly (readonly [string, string])[] = [
  ['loopback', '127.0.0.1'],
  ['loopback in IPv6', '[::1]'],
  ['unspecified', '0.0.0.0'],
  ['private', '10.0.0.1'],
  ['private, of the second block', '172.16.0.1'],
  ['private, of the third block', '192.168.0.1'],
  ['private in IPv6', '[fd00::1]'],
  ['link-local', '169.254.1.1'],
  ['link-local in IPv6', '[fe80::1]'],
  ['metadata', '169.254.169.254'],
  ['metadata in IPv6', '[fd00:ec2::254]'],
  ['mapped', '[::ffff:127.0.0.1]'],
  ['NAT64', '[64:ff9b::7f00:1]'],
  ['NAT64 of a local prefix', '[64:ff9b:1::7f00:1]'],
  ['6to4', '[2002:7f00:1::]'],
  ['decimal', '2130706433'],
  ['hex', '0x7f000001'],
  ['octal', '0177.0.0.1'],
  ['short', '127.1'],
];

/** An endpoint as it would stand had its address been good when it was written. */
async function endpoint(acme: TestOrganization, url: string): Promise<{ id: string }> {
  const { webhook } = await createWebhook(acme.admin, { url: 'https://hooks.example/' }, []);
  await stage.store.sql`update webhook_endpoints set url = ${url} where id = ${webhook.id}`;
  return webhook;
}

const firstError = async (acme: TestOrganization, webhook: { id: string }) =>
  (await stage.log(acme, webhook))[0]?.attempts[0]?.error;

test('14: a webhook to private, metadata, NAT64, 6to4, decimal and hex addresses is blocked and logged, with no connection made', async () => {
  const acme = await stage.store.organization();
  const webhooks = await Promise.all(
    targets.map(([, host]) => endpoint(acme, `https://${host}:${listener.port}/`)),
  );
  const logged: string[] = [];
  const warn = ({ webhook }: { webhook: string }) => void logged.push(webhook);
  await using _ = await stage.run({ allowed: [], logger: { warn } as never });
  await stage.makeKey(acme);
  for (const [index, webhook] of webhooks.entries()) {
    const [form] = targets[index] ?? [];
    await expect
      .poll(() => firstError(acme, webhook), { ...waitFor, message: form ?? '' })
      .toMatch(/^Blocked: .*No connection was made\.$/);
  }
  expect(logged.sort()).toEqual(webhooks.map(({ id }) => id).sort());
  expect(listener.connections()).toBe(0);
});

test('14: a webhook to a rebinding name reaches nobody: what was checked is dialled', async () => {
  const acme = await stage.store.organization();
  // To whoever asks a second time it says loopback, where the listener waits.
  const answers = new Map<string, string[]>([['checked.example', ['127.9.9.9']]]);
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    const answer = answers.get(name) ?? ['127.0.0.1'];
    answers.delete(name);
    return answer;
  };
  const [checked, led] = [
    await endpoint(acme, `https://checked.example:${listener.port}/`),
    await endpoint(acme, `https://led.example:${listener.port}/`),
  ];
  await using _ = await stage.run({ allowed: ['127.9.9.9/32'], resolve });
  await stage.makeKey(acme);
  await expect
    .poll(() => firstError(acme, led), waitFor)
    .toMatch(/^Blocked: led\.example leads to/);
  await expect.poll(() => firstError(acme, checked), waitFor).toMatch(/refused the connection/);
  expect(asked.sort()).toEqual(['checked.example', 'led.example']);
  expect(listener.connections()).toBe(0);
});

test('14: a webhook that is redirected to 169.254.169.254, or to whomever, goes nowhere else', async () => {
  const acme = await stage.store.organization();
  await using receiver = await stage.listen(acme);
  await using elsewhere = await startReceiver();
  const locations = ['http://169.254.169.254/latest/meta-data/', elsewhere.url];
  receiver.answer = (response) =>
    void response.writeHead(307, { location: locations[receiver.received.length - 1] }).end();
  await using _ = await stage.run({ allowed: loopback });
  await stage.makeKey(acme);
  for (const attempts of [1, 2]) {
    await expect
      .poll(async () => (await stage.log(acme, receiver))[0]?.attempts.length, waitFor)
      .toBe(attempts);
    await stage.hurry();
  }
  expect((await stage.log(acme, receiver))[0]?.attempts[0]).toMatchObject({
    statusCode: 307,
    error: expect.stringContaining('a redirect'),
  });
  expect(elsewhere.connections()).toBe(0);
});

test('nothing of this went wrong on the server’s side', () => {
  expect(stage.failures).toEqual([]);
});
