import { tellOfTraffic } from '@keyward/server/webhooks/notices/tell-of-traffic';
import { mostWebhooks } from '@keyward/shared/webhooks';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { dumpText } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { builtInPermissions } from '../support/route-samples.ts';
import { makeKey, makeTenant, type SignedIn, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { loopback, startReceiver } from '../support/webhook-receiver.ts';

let keyward: TestKeyward;
let contract: Contract;
beforeAll(async () => {
  keyward = await startTestKeyward({ webhookRanges: loopback });
  contract = await readContract(keyward.url);
});
afterAll(() => keyward[Symbol.asyncDispose]());

const waitFor = { timeout: 20_000, interval: 100 };

/** An organization with a key that manages it, and a client of that key. */
async function newTenant() {
  const { id } = await makeTenant(keyward);
  const permissions = [...builtInPermissions];
  const { secret } = await makeKey(keyward, { organizationId: id, permissions });
  return { id, rest: contract.client(secret) };
}

const signIn = (organizationId: string, role: 'admin' | 'member'): Promise<SignedIn> =>
  signInMember(keyward, { organizationId, role });

const actionsOf = async (organizationId: string) => {
  const rows = await keyward.database.execute<{ action: string }>(
    `select action from audit_events where chain = '${organizationId}'
      and action like 'webhook.%' order by number`,
  );
  return rows.map(({ action }) => action);
};

test('a webhook is made, changed, told of a key, asked, rotated and removed by REST', async () => {
  await using receiver = await startReceiver();
  const { id: organizationId, rest } = await newTenant();
  const made = await rest('POST', '/v1/webhooks', {
    body: { url: receiver.url, description: 'Billing', events: ['key.created'] },
  });
  expect(made.status).toBe(201);
  const { webhook, secret } = made.body;
  expect(webhook).toMatchObject({
    url: receiver.url,
    description: 'Billing',
    events: ['key.created'],
    kinds: [],
    services: [],
    enabled: true,
  });
  expect(secret).toMatch(/^whsec_/);
  expect((await rest('GET', '/v1/webhooks')).body).toEqual({ data: [webhook] });

  const key = { name: 'told', service: 'keyward', permissions: [] };
  const created = await rest('POST', '/v1/keys', { body: key });
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  const [message] = receiver.received;
  const told = new Webhook(secret).verify(
    message?.body ?? '',
    message?.headers as Record<string, string>,
  );
  expect(told).toMatchObject({ type: 'key.created', data: { key: { id: created.body.key.id } } });
  expect(message?.body).not.toContain(created.body.secret);

  const path = `/v1/webhooks/${webhook.id}`;
  const ping = await rest('POST', `${path}/ping`);
  expect(ping.body).toMatchObject({ type: 'webhook.ping', status: 'pending', attempts: [] });
  await expect.poll(() => receiver.received.length, waitFor).toBe(2);
  const succeeded = async () =>
    (await rest('GET', `${path}/deliveries?status=succeeded`)).body.data.length;
  await expect.poll(succeeded, waitFor).toBe(2);
  const first = await rest('GET', `${path}/deliveries?limit=1`);
  expect(first.body.data).toMatchObject([{ id: ping.body.id, attempts: [{ statusCode: 204 }] }]);
  const second = await rest('GET', `${path}/deliveries?limit=1&cursor=${first.body.nextCursor}`);
  expect(second.body).toMatchObject({ data: [{ type: 'key.created' }], nextCursor: null });
  expectProblem(await rest('GET', `${path}/deliveries?cursor=key_1`), 400, 'invalid_request');

  const again = await rest('POST', `/v1/webhook-deliveries/${second.body.data[0].id}/redeliver`);
  expect(again.body).toMatchObject({ redeliveryOf: second.body.data[0].id });
  await expect.poll(() => receiver.received.length, waitFor).toBe(3);
  expect(receiver.received[2]?.body).toBe(message?.body);

  const rotated = await rest('POST', `${path}/rotate-secret`);
  expect(rotated.status).toBe(201);
  expect(rotated.body.secret).not.toBe(secret);

  const changed = await rest('PATCH', path, { body: { enabled: false, kinds: ['bot'] } });
  expect(changed.body).toMatchObject({ id: webhook.id, enabled: false, kinds: ['bot'] });
  const redelivery = await rest(
    'POST',
    `/v1/webhook-deliveries/${second.body.data[0].id}/redeliver`,
  );
  expectProblem(redelivery, 409, 'conflict');
  expect((await rest('PATCH', path, { body: { enabled: true } })).status).toBe(200);
  expect((await rest('PATCH', path, { body: { description: null } })).body.description).toBe(null);
  expect((await rest('DELETE', path)).body).toEqual({ id: webhook.id });
  expectProblem(await rest('DELETE', path), 404, 'not_found');
  expect((await rest('GET', '/v1/webhooks')).body).toEqual({ data: [] });
  expect(await actionsOf(organizationId)).toEqual([
    'webhook.created',
    'webhook.pinged',
    'webhook.redelivered',
    'webhook.secret_rotated',
    'webhook.disabled',
    'webhook.enabled',
    'webhook.updated',
    'webhook.removed',
  ]);
});

test('the signing secret stands in the answer that makes it, and in its own column', async () => {
  await using receiver = await startReceiver();
  const { rest } = await newTenant();
  const body = { url: receiver.url, events: ['key.created'] };
  const made = await rest('POST', '/v1/webhooks', { body });
  const { webhook, secret } = made.body;
  await rest('POST', `/v1/webhooks/${webhook.id}/ping`);
  await expect.poll(() => receiver.received.length, waitFor).toBe(1);
  const rotated = await rest('POST', `/v1/webhooks/${webhook.id}/rotate-secret`);
  const answers = [
    await rest('GET', '/v1/webhooks'),
    await rest('GET', `/v1/webhooks/${webhook.id}/deliveries`),
    await rest('PATCH', `/v1/webhooks/${webhook.id}`, { body: { description: 'x' } }),
  ];
  const dump = await dumpText(keyward.databaseUrl);
  const elsewhere = [
    ...answers.map(({ text }) => text),
    ...keyward.logs,
    ...receiver.received.map((one) => JSON.stringify(one)),
    ...Object.entries(dump).map(([table, text]) =>
      table === 'public.webhook_endpoints' ? '' : text,
    ),
  ].join('\n');
  for (const plaintext of [secret, rotated.body.secret]) {
    expect(elsewhere).not.toContain(plaintext.slice('whsec_'.length));
    expect(dump['public.webhook_endpoints']).toContain(plaintext);
  }
});

test('what cannot be sent to is refused with the field that is wrong, and nothing is written', async () => {
  const { id, rest } = await newTenant();
  for (const [body, path] of [
    [{ url: 'http://example.com@/' }, 'url'],
    [{ url: 'https://169.254.169.254/latest/meta-data/' }, 'url'],
    [{ url: 'https://2852039166/' }, 'url'],
    [{ url: 'https://[64:ff9b::a9fe:a9fe]/' }, 'url'],
    [{ url: 'http://8.8.8.8/' }, 'url'],
    [{ url: 'https://user:pass@example.com/' }, 'url'],
    [{ url: 'nowhere' }, 'url'],
    [{ url: 'https://example.com/', events: ['key.eaten'] }, 'events.0'],
    [{ url: 'https://example.com/', services: ['no-such-service'] }, 'services'],
    [{ url: 'https://example.com/', secret: 'whsec_mine' }, 'secret'],
  ] as const) {
    const answer = await rest('POST', '/v1/webhooks', { body });
    expectProblem(answer, 400, 'invalid_request');
    expect(answer.body.errors, JSON.stringify(body)).toMatchObject([{ path }]);
  }
  expect(await actionsOf(id)).toEqual([]);
  const made = await rest('POST', '/v1/webhooks', { body: { url: 'https://example.com/' } });
  const path = `/v1/webhooks/${made.body.webhook.id}`;
  const moved = await rest('PATCH', path, { body: { url: 'https://10.0.0.1/' } });
  expectProblem(moved, 400, 'invalid_request');
  expectProblem(await rest('PATCH', path, { body: {} }), 400, 'invalid_request');
});

test('an organization has at most twenty, however many are asked for at once', async () => {
  const { rest } = await newTenant();
  const answers = await Promise.all(
    Array.from({ length: mostWebhooks + 5 }, () =>
      rest('POST', '/v1/webhooks', { body: { url: 'https://example.com/' } }),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(mostWebhooks);
  expect(statuses.filter((status) => status === 409)).toHaveLength(5);
});

test('admins manage webhooks in the console, members and other organizations do not', async () => {
  const { id } = await newTenant();
  const admin = (await signIn(id, 'admin')).within(id).webhooks;
  const { webhook } = await admin.create.mutate({ url: 'https://example.com/hooks' });
  expect(await admin.list.query()).toEqual([webhook]);
  const { id: deliveryId } = await admin.ping.mutate({ id: webhook.id });
  expect((await admin.deliveries.query({ id: webhook.id })).data).toMatchObject([
    { id: deliveryId },
  ]);
  await admin.redeliver.mutate({ id: deliveryId });
  await admin.rotateSecret.mutate({ id: webhook.id });
  const changes = { events: ['key.revoked' as const] };
  expect(await admin.update.mutate({ id: webhook.id, changes })).toMatchObject(changes);

  const other = await newTenant();
  const member = (await signIn(id, 'member')).within(id).webhooks;
  const stranger = (await signIn(other.id, 'admin')).within(other.id).webhooks;
  for (const [caller, code] of [
    [member, 'insufficient_permissions'],
    [stranger, 'not_found'],
  ] as const) {
    const refused = { data: { keyward: { code } } };
    for (const call of [
      () => caller.update.mutate({ id: webhook.id, changes: { enabled: false } }),
      () => caller.remove.mutate({ id: webhook.id }),
      () => caller.rotateSecret.mutate({ id: webhook.id }),
      () => caller.ping.mutate({ id: webhook.id }),
      () => caller.deliveries.query({ id: webhook.id }),
      () => caller.redeliver.mutate({ id: deliveryId }),
    ]) {
      await expect(call()).rejects.toMatchObject(refused);
    }
  }
  const refused = { data: { keyward: { code: 'insufficient_permissions' } } };
  await expect(member.list.query()).rejects.toMatchObject(refused);
  await expect(member.create.mutate({ url: 'https://example.com/' })).rejects.toMatchObject(
    refused,
  );
  expect(await stranger.list.query()).toEqual([]);
  expect(await admin.list.query()).toHaveLength(1);
  expect(await admin.remove.mutate({ id: webhook.id })).toEqual({ id: webhook.id });
});

test('a first use and a refusal are told of, from a real verification on', async () => {
  await using receiver = await startReceiver();
  const { id: organizationId, rest } = await newTenant();
  const events = ['key.first_used', 'key.refused'];
  await rest('POST', '/v1/webhooks', { body: { url: receiver.url, events } });
  const { key, secret } = await makeKey(keyward, { organizationId, permissions: [] });
  const verify = (permissions: string[]) =>
    rest('POST', '/v1/keys/verify', { body: { key: secret, permissions } });
  expect((await verify([])).body.code).toBe('VALID');
  expect((await verify(['usage:read'])).body.code).toBe('INSUFFICIENT_PERMISSIONS');
  const told = async () => {
    await tellOfTraffic(keyward.context);
    return receiver.received
      .map(({ body }) => JSON.parse(body))
      .filter(({ data }) => data.target.id === key.id)
      .map(({ type }) => type)
      .sort();
  };
  await expect.poll(told, waitFor).toEqual(['key.first_used', 'key.refused']);
});
