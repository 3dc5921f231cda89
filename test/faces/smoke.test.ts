import { afterAll, beforeAll, expect, test } from 'vitest';
import { botClient, consoleClient } from '../support/console-client.ts';
import { restClient } from '../support/rest-client.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
beforeAll(async () => {
  keyward = await startTestKeyward();
});
afterAll(() => keyward[Symbol.asyncDispose]());

test('a session and a bot key call the same procedures', async () => {
  const rest = restClient(keyward.url, keyward.bootstrap.secret);
  const put = await rest('PUT', '/v1/services/short-links', { body: { preset: 'short-links' } });
  expect(put.status, put.text).toBe(200);
  const client = consoleClient(keyward.url);
  await client.trpc.account.signIn.mutate({
    email: keyward.bootstrap.email,
    password: operatorPassword,
  });
  const [organization] = await client.trpc.organizations.list.query();
  const within = client.within(organization?.id ?? '');
  const made = await within.keys.create.mutate({
    kind: 'user',
    name: 'mine',
    service: 'short-links',
    permissions: ['shortLinks:read'],
  });
  expect(made.secret).toMatch(/^h0p_/);
  const bot = botClient(keyward.url, keyward.bootstrap.secret);
  const page = await bot.keys.list.query({});
  expect(page.data.map((key) => key.id)).toContain(made.key.id);
  const { receipt } = await bot.keys.revoke.mutate({ id: made.key.id });
  expect(receipt.nodes).toBe(1);
});
