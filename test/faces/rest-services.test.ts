import { presetNames, servicePresets } from '@keyward/shared/service-presets';
import { service as serviceSchema } from '@keyward/shared/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { countRowsButUsage } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import type { RestClient } from '../support/rest-client.ts';
import { makeKey, makeTenant } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { uniqueName } from '../support/unique-name.ts';

let keyward: TestKeyward;
let contract: Contract;
let operator: RestClient;
beforeAll(async () => {
  keyward = await startTestKeyward();
  contract = await readContract(keyward.url);
  operator = contract.client(keyward.bootstrap.secret);
});
afterAll(() => keyward[Symbol.asyncDispose]());

test('each preset becomes a service by its name, and any key reads the catalog', async () => {
  for (const preset of presetNames) {
    const put = await operator('PUT', `/v1/services/${preset}`, { body: { preset } });
    expect(put.status).toBe(200);
    expect(serviceSchema.parse(put.body)).toEqual(put.body);
    expect(put.body).toEqual({
      ...servicePresets[preset],
      id: expect.stringMatching(/^svc_[0-9a-z]{26}$/),
      status: 'active',
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
  }
  const tenant = await makeTenant(keyward);
  const { secret } = await makeKey(keyward, {
    organizationId: tenant.id,
    service: 'merchant',
    permissions: [],
  });
  const anyKey = contract.client(secret);
  const { status, body } = await anyKey('GET', '/v1/services');
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['data']);
  expect(body.data.map((one: { slug: string }) => one.slug)).toEqual(
    ['keyward', ...presetNames].sort(),
  );
  const one = await anyKey('GET', '/v1/services/merchant');
  expect(one.status).toBe(200);
  expect(body.data).toContainEqual(one.body);
});

test('a whole profile is put in place under its slug, and replaced', async () => {
  const slug = uniqueName('loops');
  const profile = { ...servicePresets['review-loops'], slug };
  const first = await operator('PUT', `/v1/services/${slug}`, { body: profile });
  expect(first.body).toMatchObject(profile);
  const renamed = { ...profile, name: 'Loops, renamed' };
  const second = await operator('PUT', `/v1/services/${slug}`, { body: renamed });
  expect(second.status).toBe(200);
  expect(second.body).toMatchObject({ ...renamed, id: first.body.id });
  expect((await operator('GET', `/v1/services/${slug}`)).body).toEqual(second.body);
  const fromPreset = await operator('PUT', `/v1/services/${slug}`, {
    body: { preset: 'contracts' },
  });
  expect(fromPreset.body).toMatchObject({ ...servicePresets.contracts, slug, id: first.body.id });
});

test('only an operator’s key puts a service in place', async () => {
  const { secret } = await makeKey(keyward, { permissions: ['apiKeys:*', 'members:*'] });
  const before = await countRowsButUsage(keyward.databaseUrl);
  const answer = await contract.client(secret)('PUT', '/v1/services/mine', {
    body: { preset: 'merchant' },
  });
  expectProblem(answer, 403, 'insufficient_permissions');
  const after = await countRowsButUsage(keyward.databaseUrl);
  expect(after).toEqual(before);
});

test('a service that does not exist is 404, whatever stands in the address', async () => {
  for (const slug of ['nothing', 'No%20Slug', '%F0%9F%94%91', '..%2fkeys', "a';--"]) {
    expectProblem(await operator('GET', `/v1/services/${slug}`), 404, 'not_found');
  }
});

test('NUL in the address of a service is refused as any unknown one', async () => {
  const answer = await operator('GET', '/v1/services/a%00b');
  expect([400, 404]).toContain(answer.status);
});

test('Keyward’s own service cannot be replaced', async () => {
  const answer = await operator('PUT', '/v1/services/keyward', { body: { preset: 'merchant' } });
  expectProblem(answer, 409, 'conflict');
});

test('a profile that contradicts itself or the contract is 400 and names the field', async () => {
  const { merchant } = servicePresets;
  const [tier] = merchant.tiers;
  const refused: [body: unknown, path: string][] = [
    [{ preset: 'nothing' }, 'preset'],
    [{ ...merchant, slug: 'another' }, 'slug'],
    [{ ...merchant, id: 'svc_1' }, 'id'],
    [{ ...merchant, tiers: [] }, 'tiers'],
    [{ ...merchant, tiers: [tier, tier] }, 'tiers'],
    [{ ...merchant, header: { name: 'X Y', scheme: null } }, 'header.name'],
    [{ ...merchant, header: { name: 'X\r\nSet-Cookie', scheme: null } }, 'header.name'],
    [{ ...merchant, tiers: [{ ...tier, prefixes: { live: 'no' } }] }, 'tiers.0.prefixes.live'],
    [{ ...merchant, defaults: { ...merchant.defaults, tier: 'gone' } }, 'defaults.tier'],
    [
      { ...merchant, defaults: { ...merchant.defaults, permissions: ['a:b'] } },
      'defaults.permissions',
    ],
    [
      { ...merchant, resources: [{ name: 'apiKeys', description: 'x', actions: [] }] },
      'resources.0.name',
    ],
    [{ ...merchant, name: 'a\u202eb' }, 'name'],
  ];
  for (const [body, path] of refused) {
    const answer = await operator('PUT', '/v1/services/merchant', { body });
    expectProblem(answer, 400, 'invalid_request');
    const paths = answer.body.errors.map((error: { path: string }) => error.path);
    expect([path, paths]).toEqual([path, expect.arrayContaining([path])]);
  }
});
