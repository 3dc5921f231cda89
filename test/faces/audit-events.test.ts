import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { botClient } from '../support/console-client.ts';
import { type Contract, readContract } from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { builtInPermissions } from '../support/route-samples.ts';
import {
  type MadeKey,
  makeKey,
  makeTenant,
  signInMember,
  type Tenant,
} from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
let ours: Tenant;
let auditor: MadeKey;
beforeAll(async () => {
  keyward = await startTestKeyward();
  contract = await readContract(keyward.url);
  ours = await makeTenant(keyward);
  auditor = await makeKey(keyward, { organizationId: ours.id, permissions: ['auditLog:read'] });
});
afterAll(() => keyward[Symbol.asyncDispose]());

const get = (query: string, secret = auditor.secret) =>
  contract.client(secret)('GET', `/v1/audit-events${query}`);

describe('GET /v1/audit-events', () => {
  test('lists the organization’s events, newest first, page by page', async () => {
    const first = await get('?limit=2');
    expect(first.body.data.map(({ number }: { number: number }) => number)).toEqual([3, 2]);
    expect(first.body.data[0]).toMatchObject({ action: 'key.created', targetId: auditor.key.id });
    const second = await get(`?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({
      data: [{ number: 1, action: 'organization.created', targetId: ours.id }],
      nextCursor: null,
    });
  });

  test('takes the filters of the contract', async () => {
    const { body } = await get(`?action=key.&targetId=${auditor.key.id}&from=2026-01-01T00:00:00Z`);
    expect(body.data).toHaveLength(1);
    expect((await get('?action=key.revoked')).body.data).toEqual([]);
    expect((await get('?actorId=usr_nobody')).body.data).toEqual([]);
    expect((await get('?to=2000-01-01T00:00:00Z')).body.data).toEqual([]);
  });

  test.each([
    '?action=nonsense',
    '?action=key',
    '?from=yesterday',
    '?limit=0',
    '?limit=201',
    '?cursor=evt_1',
    '?cursor=0',
    '?targetType=key',
    '?targetId=a&targetId=b',
    '?chain=instance',
    `?organizationId=org_x`,
  ])('refuses %s', async (query) => {
    expectProblem(await get(query), 400, 'invalid_request');
  });

  test('needs auditLog:read', async () => {
    const { secret } = await makeKey(keyward, {
      organizationId: ours.id,
      permissions: builtInPermissions.filter((one) => one !== 'auditLog:read'),
    });
    expectProblem(await get('', secret), 403, 'insufficient_permissions');
  });

  test('says nothing of another organization, nor of the instance', async () => {
    const theirs = await makeTenant(keyward);
    for (const id of [theirs.id, theirs.manager.key.id, keyward.bootstrap.userId]) {
      expect((await get(`?targetId=${id}`)).body.data).toEqual([]);
    }
    const { body } = await get('?limit=200');
    expect(JSON.stringify(body)).not.toContain(theirs.id);
    expect((await get('?action=account.')).body.data).toEqual([]);
  });

  test('holds no secret and no hash of the keys whose making it tells', async () => {
    const { text } = await get('?limit=200');
    expect(text).not.toContain(auditor.secret);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe('audit.list', () => {
  const refused = { data: { keyward: { code: 'insufficient_permissions' } } };

  test('is for owners, admins and keys with auditLog:read', async () => {
    for (const role of ['owner', 'admin'] as const) {
      const member = await signInMember(keyward, { organizationId: ours.id, role });
      const { data } = await member.within(ours.id).audit.list.query({ limit: 1 });
      expect(data).toHaveLength(1);
    }
    const bot = botClient(keyward.url, auditor.secret);
    expect((await bot.audit.list.query({ limit: 1 })).data).toHaveLength(1);
    const member = await signInMember(keyward, { organizationId: ours.id });
    await expect(member.within(ours.id).audit.list.query({})).rejects.toMatchObject(refused);
    const manager = botClient(keyward.url, ours.manager.secret);
    await expect(manager.audit.list.query({})).rejects.toMatchObject(refused);
  });

  test('is unknown to those of another organization', async () => {
    const theirs = await makeTenant(keyward);
    const owner = await signInMember(keyward, { organizationId: theirs.id, role: 'owner' });
    await expect(owner.within(ours.id).audit.list.query({})).rejects.toMatchObject({
      data: { keyward: { code: 'not_found' } },
    });
  });

  test('takes several targets, at most ten, and a type', async () => {
    const bot = botClient(keyward.url, auditor.secret);
    const targetId = [auditor.key.id, ours.manager.key.id];
    expect((await bot.audit.list.query({ targetId })).data).toHaveLength(2);
    expect((await bot.audit.list.query({ targetId, targetType: 'user' })).data).toEqual([]);
    await expect(
      bot.audit.list.query({ targetId: Array.from({ length: 11 }, () => 'x') }),
    ).rejects.toMatchObject({ data: { keyward: { code: 'invalid_request' } } });
  });
});
