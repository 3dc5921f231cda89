import { keyPage } from '@keyward/shared/keys';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import type { RestClient } from '../support/rest-client.ts';
import { makeKey, makeTenant, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let bot: RestClient;
let ids: string[];
let organizationId: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops');
  const tenant = await makeTenant(keyward);
  organizationId = tenant.id;
  bot = (await readContract(keyward.url)).client(tenant.manager.secret);
  ids = [tenant.manager.key.id];
  for (const name of ['a', 'b', 'c 100%', 'd', 'e']) {
    const { key } = await makeKey(keyward, {
      organizationId,
      name,
      service: name === 'e' ? 'review-loops' : 'merchant',
      permissions: [],
      environment: name === 'b' ? 'test' : 'live',
      externalId: name === 'd' ? 'customer_7' : null,
    });
    ids.unshift(key.id);
  }
});
afterAll(() => keyward[Symbol.asyncDispose]());

const list = (query = '') => bot('GET', `/v1/keys${query}`);
const names = async (query: string) =>
  (await list(query)).body.data.map((key: { name: string }) => key.name);

test('keys are listed newest first, each as GET shows it, and a page says where the next begins', async () => {
  const all = await list();
  expect(all.status).toBe(200);
  expect(Object.keys(all.body).sort()).toEqual(['data', 'nextCursor']);
  expect(keyPage.parse(all.body)).toEqual(all.body);
  expect(all.body.nextCursor).toBeNull();
  expect(all.body.data.map((key: { id: string }) => key.id)).toEqual(ids);
  const [first] = all.body.data;
  expect((await bot('GET', `/v1/keys/${first.id}`)).body).toEqual(first);

  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await list(`?limit=4${cursor && `&cursor=${cursor}`}`);
    expect(body.data.length).toBeLessThanOrEqual(4);
    seen.push(...body.data.map((key: { id: string }) => key.id));
    cursor = body.nextCursor ?? '';
  } while (cursor !== '');
  expect(seen).toEqual(ids);
});

test('a page that ends exactly at the last key has no next', async () => {
  const { body } = await list(`?limit=${ids.length}`);
  expect([body.data.length, body.nextCursor]).toEqual([ids.length, null]);
});

test('each documented filter narrows the list', async () => {
  expect(await names('?service=review-loops')).toEqual(['e']);
  expect(await names('?environment=test')).toEqual(['b']);
  expect(await names('?externalId=customer_7')).toEqual(['d']);
  expect(await names('?externalId=customer')).toEqual([]);
  expect(await names('?q=omer_7')).toEqual(['d']);
  expect(await names('?q=100%25')).toEqual(['c 100%']);
  expect(await names('?q=%25')).toEqual(['c 100%']);
  expect(await names('?q=_')).toEqual(['d']);
  expect(await names('?kind=user')).toEqual([]);
  expect((await names('?kind=bot')).length).toBe(ids.length);
  const last4 = (await list('?service=review-loops')).body.data[0].last4;
  expect(await names(`?q=${last4}`)).toContain('e');
});

test('the status filter finds a key under the one status that it has', async () => {
  const changes: [status: string, sql: string][] = [
    ['suspended', 'suspended_at = now()'],
    ['expired', 'expires_at = now()'],
    ['revoked', 'revoked_at = now()'],
  ];
  for (const [status, sql] of changes) {
    await keyward.change(`update keys set ${sql} where name = 'a'`);
    expect(await names(`?status=${status}`)).toEqual(['a']);
    expect(await names('?status=active')).not.toContain('a');
  }
  expect(await names('?status=suspended')).toEqual([]);
});

test('unusedForDays finds what was neither used nor made since', async () => {
  expect(await names('?unusedForDays=30')).toEqual([]);
  await keyward.change(
    `update keys set created_at = now() - interval '60 days' where name in ('b', 'd')`,
  );
  await keyward.change(`update keys set last_used_at = now() - interval '1 day' where name = 'd'`);
  expect(await names('?unusedForDays=30')).toEqual(['b']);
});

test('a page holds 50 keys unless asked otherwise, and never more than 200', async () => {
  await keyward.database.execute(`
    insert into keys (id, organization_id, service_id, kind, environment, tier, name, permissions,
      ip_allowlist, metadata, created_by)
    select 'key_0000000000000000000000' || lpad(n::text, 4, '0'), organization_id, service_id, kind,
      environment, tier, 'many', permissions, ip_allowlist, metadata, created_by
    from keys, generate_series(1, 210) as n where name = 'e'`);
  expect((await list()).body.data.length).toBe(50);
  const full = await list('?limit=200');
  expect(full.body.data.length).toBe(200);
  expect(full.body.nextCursor).toBe(full.body.data.at(-1).id);
});

test('a query that is not as documented is 400 and names the parameter', async () => {
  const refused: [query: string, path: string][] = [
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['status=gone', 'status'],
    ['kind=robot', 'kind'],
    ['environment=prod', 'environment'],
    ['service=No+Slug', 'service'],
    ['unusedForDays=x', 'unusedForDays'],
    ['cursor=nonsense', 'cursor'],
    ['q=%00', 'q'],
    ['externalId=%0d%0a', 'externalId'],
    ['organizationId=org_1', 'organizationId'],
    ['offset=10', 'offset'],
    ['constructor=1', 'constructor'],
    ['__proto__=1', '__proto__'],
  ];
  for (const [query, path] of refused) {
    const answer = await list(`?${query}`);
    expect([query, answer.status]).toEqual([query, 400]);
    expectProblem(answer, 400, 'invalid_request');
    expect([query, answer.body.errors[0]?.path]).toEqual([query, path]);
  }
});
