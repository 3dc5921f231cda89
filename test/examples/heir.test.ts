import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleStage, stageExample } from '../support/example.ts';
import { testGuard } from './beside-the-page.ts';
import {
  aMoment,
  aText,
  type Case,
  type StandIns,
  sendDocumented,
  testCases,
} from './documented.ts';

const standIns: StandIns = {};
let stage: ExampleStage;
beforeAll(async () => {
  stage = await stageExample('heir');
  const { url, credentials } = stage.example;
  Object.assign(standIns, { 'https://api.heir.es': url, YOUR_TOKEN: credentials.token });
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const host = 'https://api.heir.es';
const keys = `${host}/api/v1/api-keys`;
const headers = { Authorization: 'Bearer YOUR_TOKEN', 'Content-Type': 'application/json' };
const refusal = { success: false, error: aText };
const data = (fields: object) => ({ success: true, data: expect.objectContaining(fields) });
const use = (key: string, path = 'contracts') => ({
  method: 'GET',
  url: `${host}/api/v1/${path}`,
  headers: { Authorization: `Bearer ${key}` },
});
const create = (body: object) => ({ method: 'POST', url: keys, headers, body });
const update = (body: object) => ({ method: 'PUT', url: `${keys}/abc123`, headers, body });

testCases(
  [
    {
      title: 'Create API key: rawKey is in this answer',
      request: `curl -X POST https://api.heir.es/api/v1/api-keys \\
  -H "Authorization: Bearer YOUR_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": "Production API Key",
    "tier": "partner",
    "scopes": ["contracts", "webhooks"]
  }'`,
      expect: {
        status: 201,
        body: data({
          _id: aText,
          name: 'Production API Key',
          tier: 'partner',
          scopes: ['contracts', 'webhooks'],
          rawKey: expect.stringMatching(/^heir_pt_[0-9A-Za-z]{38}$/),
          status: 'active',
          createdAt: aMoment,
        }),
      },
      keep: ({ data: { _id, rawKey } }) => ({ abc123: _id, 'heir_pt_abc123xyz789...': rawKey }),
    },
    {
      title: 'Create API key: the key opens its scopes',
      request: use('heir_pt_abc123xyz789...'),
      expect: { status: 200 },
    },
    {
      title: 'Create API key: and no other',
      request: use('heir_pt_abc123xyz789...', 'vaults'),
      expect: { status: 403, body: refusal },
    },
    {
      title: 'List API keys: every documented field, and no rawKey',
      request: { method: 'GET', url: keys, headers },
      expect: {
        status: 200,
        body: {
          success: true,
          data: [
            {
              _id: aText,
              name: 'Production API Key',
              tier: 'partner',
              scopes: ['contracts', 'webhooks'],
              ip_whitelist: [],
              expiresAt: null,
              status: 'active',
              usage: {
                totalRequests: expect.any(Number),
                lastUsed: expect.toBeOneOf([null, aMoment]),
              },
              createdAt: aMoment,
            },
          ],
        },
      },
    },
    {
      title: 'Get API key',
      request: { method: 'GET', url: `${keys}/abc123`, headers },
      expect: {
        status: 200,
        body: { success: true, data: expect.not.objectContaining({ rawKey: expect.anything() }) },
      },
    },
    {
      title: 'Update API key: name, scopes and ip_whitelist',
      request: update({ name: 'Vault Key', scopes: ['vaults'], ip_whitelist: ['203.0.113.9'] }),
      expect: {
        status: 200,
        body: data({ name: 'Vault Key', scopes: ['vaults'], ip_whitelist: ['203.0.113.9'] }),
      },
    },
    {
      title: 'Update API key: the whitelist counts at once',
      request: use('heir_pt_abc123xyz789...', 'vaults'),
      expect: { status: 403, body: refusal },
    },
    {
      title: 'Update API key: whatever the caller says of its own address',
      request: {
        ...use('heir_pt_abc123xyz789...', 'vaults'),
        headers: {
          Authorization: 'Bearer heir_pt_abc123xyz789...',
          'X-Forwarded-For': '203.0.113.9',
        },
      },
      expect: { status: 403, body: refusal },
    },
    {
      title: 'Update API key: a whitelist with the caller in it, and the status active',
      request: update({ ip_whitelist: ['127.0.0.1'], status: 'active' }),
      expect: { status: 200, body: data({ ip_whitelist: ['127.0.0.1'], status: 'active' }) },
    },
    {
      title: 'Update API key: the new scopes count',
      request: use('heir_pt_abc123xyz789...', 'vaults'),
      expect: { status: 200 },
    },
    {
      title: 'Update API key: and the old ones do no more',
      request: use('heir_pt_abc123xyz789...'),
      expect: { status: 403, body: refusal },
    },
    {
      title: 'Revoke API key',
      request: `curl -X DELETE https://api.heir.es/api/v1/api-keys/abc123 \\
  -H "Authorization: Bearer YOUR_TOKEN"`,
      expect: {
        status: 200,
        body: { success: true, message: 'API Key revoked successfully' },
      },
    },
    {
      title: 'Revoke API key: refused at the next request',
      request: use('heir_pt_abc123xyz789...', 'vaults'),
      expect: { status: 401, body: refusal },
    },
    {
      title: 'Revoke API key: permanently',
      request: update({ status: 'active' }),
      expect: { status: 409, body: refusal },
    },
    ...(
      [
        ['public', 'heir_pk_', ['contracts']],
        ['partner', 'heir_pt_', ['embed']],
        ['internal', 'heir_in_', ['contracts', 'vaults', 'webhooks', 'embed']],
      ] as const
    ).map(([tier, prefix, scopes]) => ({
      title: `Key prefixes: ${tier} is ${prefix}`,
      request: create({
        name: `A ${tier} key`,
        tier,
        scopes,
        ip_whitelist: ['127.0.0.0/8'],
        expiresAt: '2099-12-31T00:00:00.000Z',
      }),
      expect: {
        status: 201,
        body: data({
          tier,
          scopes,
          rawKey: expect.stringContaining(prefix),
          ip_whitelist: ['127.0.0.0/8'],
          expiresAt: '2099-12-31T00:00:00.000Z',
        }),
      },
      keep: (body: { data: { rawKey: string; _id: string } }) => ({
        [`RAW_${prefix}`]: body.data.rawKey,
        [`ID_${prefix}`]: body.data._id,
      }),
    })),
    ...(
      [
        ['RAW_heir_pk_', 'contracts', 200],
        ['RAW_heir_pk_', 'embed', 403],
        ['RAW_heir_pt_', 'embed', 200],
        ['RAW_heir_in_', 'vaults', 200],
      ] as const
    ).map(([key, path, status]) => ({
      title: `Key prefixes: ${key} at ${path} gets ${status}`,
      request: use(key, path),
      expect: { status },
    })),
    {
      title: 'Update API key: the status revoked, with a name',
      request: {
        ...update({ name: 'Retired', status: 'revoked' }),
        url: `${keys}/ID_heir_in_`,
      },
      expect: { status: 200, body: data({ name: 'Retired', status: 'revoked' }) },
    },
    {
      title: 'Update API key: the status revoked counts at once',
      request: use('RAW_heir_in_', 'vaults'),
      expect: { status: 401, body: refusal },
    },
    ...(
      [
        ['no name', { tier: 'public' }],
        ['no tier', { name: 'Key' }],
        ['an unknown tier', { name: 'Key', tier: 'gold' }],
        ['an unknown scope', { name: 'Key', tier: 'public', scopes: ['apiKeys'] }],
        ['no addresses', { name: 'Key', tier: 'public', ip_whitelist: ['home'] }],
        ['an end in the past', { name: 'K', tier: 'public', expiresAt: '2024-01-15T12:00:00Z' }],
      ] as const
    ).map(([what, body]) => ({
      title: `Create API key: ${what}`,
      request: create(body),
      expect: { status: 400, body: refusal },
    })),
    {
      title: 'Get API key: an unknown id',
      request: { method: 'GET', url: `${keys}/nothing`, headers },
      expect: { status: 404, body: refusal },
    },
    {
      title: 'List API keys: an API key is not the account’s token',
      request: use('RAW_heir_pt_', 'api-keys'),
      expect: { status: 401, body: refusal },
    },
  ] satisfies Case[],
  standIns,
);

test('usage counts requests, and tells the last', async () => {
  const read = async () => {
    const request = { method: 'GET', url: `${keys}/abc123`, headers };
    return (await sendDocumented(request, standIns)).body.data;
  };
  await expect
    .poll(async () => (await read()).usage, { timeout: 5_000 })
    .toEqual({ totalRequests: expect.toSatisfy((count) => count >= 2), lastUsed: aMoment });
});

test('expiresAt: the key is good until then', async () => {
  const expiresAt = new Date(Date.now() + 1_500).toISOString();
  const made = create({ name: 'Short', tier: 'public', expiresAt });
  const { rawKey } = (await sendDocumented(made, standIns)).body.data;
  const status = async () => (await sendDocumented(use(rawKey), standIns)).status;
  expect(await status()).toBe(200);
  await expect.poll(status, { timeout: 5_000 }).toBe(401);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
});

test('the tier’s limit is kept, with when to come back', async () => {
  const key = standIns.RAW_heir_pk_ ?? '';
  const { call } = await stage.find(key);
  const spent = await call('POST', '/v1/keys/verify', { key, cost: 999, ip: '127.0.0.1' });
  expect(spent.body).toMatchObject({ valid: true, rateLimit: { limit: 1000, remaining: 0 } });
  const answer = await sendDocumented(use(key), standIns);
  expect(answer).toMatchObject({ status: 429, body: refusal });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_500);
});

testGuard({
  name: 'heir',
  stage: () => stage,
  standIns,
  request: use('heir_pt_abc123xyz789...'),
  async makeKey() {
    const request = create({ name: 'Production API Key', tier: 'partner', scopes: ['contracts'] });
    return (await sendDocumented(request, standIns)).body.data.rawKey;
  },
  standIn: 'heir_pt_abc123xyz789...',
  expectRefusal({ status, body, text }, expected) {
    expect(status, text).toBe(expected);
    expect(body).toEqual(refusal);
  },
});
