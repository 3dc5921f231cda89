import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleClient } from '../support/console-client.ts';
import { type RestClient, restClient } from '../support/rest-client.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { uniqueName } from '../support/unique-name.ts';

let keyward: TestKeyward;
let operator: RestClient;
beforeAll(async () => {
  keyward = await startTestKeyward({ signUp: 'closed' });
  operator = restClient(keyward.url, keyward.bootstrap.secret);
  await operator('PUT', '/v1/services/short-links', { body: { preset: 'short-links' } });
});
afterAll(() => keyward[Symbol.asyncDispose]());

const newKey = () => ({
  name: uniqueName('key'),
  service: 'short-links',
  permissions: ['shortLinks:read'],
});
const make = async () => (await operator('POST', '/v1/keys', { body: newKey() })).body;
const codeOf = async (key: string, permissions: string[] = []) =>
  (await operator('POST', '/v1/keys/verify', { body: { key, permissions } })).body.code;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a change', () => {
  test('of each field is in the next answer, and in the next verdict', async () => {
    const { key, secret } = await make();
    const changes = {
      name: 'renamed',
      permissions: ['domains:read'],
      rateLimit: { limit: 5, windowSeconds: 60 },
      ipAllowlist: ['203.0.113.0/24'],
      expiresAt: '2099-01-01T00:00:00.000Z',
      externalId: 'customer-7',
      metadata: { plan: 'gold' },
    };
    const { status, body } = await operator('PATCH', `/v1/keys/${key.id}`, { body: changes });
    expect(status).toBe(200);
    expect(body.key).toMatchObject(changes);
    expect(body.receipt.nodes).toBe(1);
    expect(await codeOf(secret)).toBe('IP_NOT_ALLOWED');
    const within = { key: secret, ip: '203.0.113.9', permissions: ['shortLinks:read'] };
    const refused = await operator('POST', '/v1/keys/verify', { body: within });
    expect(refused.body.code).toBe('INSUFFICIENT_PERMISSIONS');
  });

  test('suspends and resumes, and a revoked key stays as it is', async () => {
    const { key, secret } = await make();
    const set = (status: string) => operator('PATCH', `/v1/keys/${key.id}`, { body: { status } });
    expect((await set('suspended')).body.key.status).toBe('suspended');
    expect(await codeOf(secret)).toBe('SUSPENDED');
    expect((await set('active')).body.key.status).toBe('active');
    expect(await codeOf(secret)).toBe('VALID');
    await operator('DELETE', `/v1/keys/${key.id}`);
    expect((await set('active')).body.code).toBe('conflict');
    expect(await codeOf(secret)).toBe('REVOKED');
  });
});

describe('a rotation', () => {
  test('keeps the id, lets both secrets in, and ends by finish or by rollback', async () => {
    for (const [action, survivor] of [
      ['finish', 1],
      ['rollback', 0],
    ] as const) {
      const { key, secret } = await make();
      const rotated = await operator('POST', `/v1/keys/${key.id}/rotate`);
      expect([rotated.status, rotated.body.key.id]).toEqual([201, key.id]);
      expect(rotated.body.key.secrets).toHaveLength(2);
      const secrets = [secret, rotated.body.secret];
      expect(await Promise.all(secrets.map((one) => codeOf(one)))).toEqual(['VALID', 'VALID']);
      const again = await operator('POST', `/v1/keys/${key.id}/rotate`);
      expect([again.status, again.body.code]).toEqual([409, 'conflict']);
      const ended = await operator('POST', `/v1/keys/${key.id}/rotation`, { body: { action } });
      expect(ended.body.key.secrets).toHaveLength(1);
      const codes = await Promise.all(secrets.map((one) => codeOf(one)));
      expect(codes[survivor]).toBe('VALID');
      expect(codes[1 - survivor]).toBe('RETIRED');
    }
  });

  test('is what a key may do to itself, and so is its end', async () => {
    const { secret } = await make();
    const rotated = await restClient(keyward.url, secret)('POST', '/v1/self/rotate', {
      body: { graceSeconds: 0 },
    });
    expect(await codeOf(secret)).toBe('RETIRED');
    const self = restClient(keyward.url, rotated.body.secret);
    expect((await self('DELETE', '/v1/self')).body.key.status).toBe('revoked');
    expect((await self('GET', '/v1/test')).body.code).toBe('key_revoked');
  });
});

describe('an import', () => {
  test('of 1,000 foreign keys in one call goes on working at their first call, once', async () => {
    const foreign = Array.from({ length: 1000 }, () => `old_${randomBytes(16).toString('hex')}`);
    const keys = foreign.map((secret, index) => ({
      ...newKey(),
      name: `imported ${index}`,
      secretSha256: sha256(secret),
      start: 'old_',
      last4: secret.slice(-4),
    }));
    const first = await operator('POST', '/v1/keys/import', { body: { keys } });
    expect(first.body).toEqual({ imported: 1000, skipped: 0 });
    expect(await codeOf(foreign[999] ?? '', ['shortLinks:read'])).toBe('VALID');
    const second = await operator('POST', '/v1/keys/import', { body: { keys } });
    expect(second.body).toEqual({ imported: 0, skipped: 1000 });
    const found = await operator('POST', '/v1/keys/identify', { body: { key: foreign[7] } });
    expect(found.body.name).toBe('imported 7');
  }, 60_000);

  test('takes all or nothing, and says which key was wrong', async () => {
    const secret = uniqueName('old');
    const keys = [
      { ...newKey(), secretSha256: sha256(secret) },
      { ...newKey(), permissions: ['nothing:here'], secretSha256: sha256(`${secret}2`) },
    ];
    const { status, body } = await operator('POST', '/v1/keys/import', { body: { keys } });
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe('keys.1.permissions');
    expect(await codeOf(secret)).toBe('NOT_FOUND');
  });
});

describe('members and organizations', () => {
  test('an invitation lets its email in once, though sign-up is closed, and removal ends their key', async () => {
    const email = `${uniqueName('ada')}@example.com`;
    const { body } = await operator('POST', '/v1/invitations', { body: { email, role: 'member' } });
    const token = new URL(body.url).hash.slice(1);
    const person = consoleClient(keyward.url);
    const account = { email, name: 'Ada', password: 'correct horse', invitation: token };
    await person.trpc.account.signUp.mutate(account);
    const again = consoleClient(keyward.url).trpc.account.signUp.mutate(account);
    await expect(again).rejects.toThrow('This invitation was used');

    const within = person.within(keyward.bootstrap.organizationId);
    const { secret, key } = await within.keys.create.mutate({ ...newKey(), kind: 'user' });
    expect(await codeOf(secret ?? '')).toBe('VALID');
    const userId = key.user?.id;
    const removed = await operator('DELETE', `/v1/members/${userId}`);
    expect(removed.body.revokedKeys).toEqual([key.id]);
    expect(await codeOf(secret ?? '')).toBe('REVOKED');
    await expect(within.keys.list.query({})).rejects.toThrow('There is no such organization');
  });

  test('a suspended organization’s keys are refused everywhere, until it is resumed', async () => {
    const { body: other } = await operator('POST', '/v1/organizations', {
      body: { name: uniqueName('Other') },
    });
    const headers = { 'X-Keyward-Organization': other.id };
    const { secret } = (await operator('POST', '/v1/keys', { body: newKey(), headers })).body;
    const set = (status: string) =>
      operator('PATCH', `/v1/organizations/${other.id}`, { body: { status } });
    await set('suspended');
    expect(await codeOf(secret)).toBe('ORGANIZATION_SUSPENDED');
    const own = await restClient(keyward.url, secret)('GET', '/v1/test');
    expect([own.status, own.body.code]).toEqual([401, 'organization_suspended']);
    await set('active');
    expect(await codeOf(secret)).toBe('VALID');
  });
});
