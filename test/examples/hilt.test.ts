import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleStage, stageExample } from '../support/example.ts';
import { testGuard } from './beside-the-page.ts';
import {
  type Case,
  fill,
  runProgram,
  type StandIns,
  sendDocumented,
  testCases,
} from './documented.ts';

// The page writes `hk_live_...` for the key and https://api.hilt.so for the host.
const standIns: StandIns = {};
let stage: ExampleStage;
beforeAll(async () => {
  // This one as its user starts it; the other four skip npm, for time's sake.
  stage = await stageExample('hilt', 'npm');
  const { url, credentials } = stage.example;
  Object.assign(standIns, credentials, {
    'https://api.hilt.so': url,
    'hk_live_...': credentials.apiKey,
  });
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const products = {
  data: [{ id: expect.any(String), name: expect.any(String), price: 1900, currency: 'EUR' }],
};
const refusal = (detail: RegExp) => ({ detail: expect.stringMatching(detail) });
const url = 'https://api.hilt.so/v1/products';

testCases(
  [
    {
      title: 'First request examples: cURL',
      request: `curl https://api.hilt.so/v1/products \\
  -H "X-Hilt-Key: hk_live_..."`,
      expect: { status: 200, headers: { 'cache-control': 'no-store' }, body: products },
    },
    {
      title: 'First request examples: Python (requests.get with the header)',
      request: { method: 'GET', url, headers: { 'X-Hilt-Key': 'hk_live_...' } },
      expect: { status: 200, body: products },
    },
    {
      title: 'A small server wrapper: Python (session.headers with X-Hilt-Key)',
      request: {
        method: 'GET',
        url,
        headers: {
          'X-Hilt-Key': 'hk_live_...',
          'User-Agent': 'python-requests/2.32.3',
          Accept: '*/*',
        },
      },
      expect: { status: 200, body: products },
    },
    {
      title: 'Common mistakes: no key at all',
      request: { method: 'GET', url },
      expect: { status: 401, body: refusal(/X-Hilt-Key/) },
    },
    {
      title: 'Common mistakes: a dashboard cookie instead of a real key',
      request: { method: 'GET', url, headers: { Cookie: 'dashboardCookie' } },
      expect: { status: 401, body: refusal(/a dashboard cookie is not a key/) },
    },
    {
      title: 'Common mistakes: the key in another header',
      request: { method: 'GET', url, headers: { Authorization: 'Bearer hk_live_...' } },
      expect: { status: 401, body: refusal(/X-Hilt-Key/) },
    },
    {
      title: 'What API keys should call: a key for support is no key for products',
      request: { method: 'GET', url, headers: { 'X-Hilt-Key': 'supportKey' } },
      expect: { status: 403, body: refusal(/may not make this call/) },
    },
    ...['support', 'memberships'].map((resource) => ({
      title: `What API keys should call: ${resource}`,
      request: {
        method: 'GET',
        url: `https://api.hilt.so/v1/${resource}`,
        headers: { 'X-Hilt-Key': 'supportKey' },
      },
      expect: { status: 200, body: { data: expect.any(Array) } },
    })),
    ...['products', 'checkouts', 'payments', 'receipts'].map((resource) => ({
      title: `What API keys should call: ${resource}, which the support key was not granted`,
      request: {
        method: 'GET',
        url: `https://api.hilt.so/v1/${resource}`,
        headers: { 'X-Hilt-Key': 'supportKey' },
      },
      expect: { status: 403, body: refusal(/./) },
    })),
    {
      title: 'The dashboard: an API key does not open it',
      request: {
        method: 'GET',
        url: 'https://api.hilt.so/dashboard/keys',
        headers: { 'X-Hilt-Key': 'hk_live_...', Cookie: 'hilt_session=hk_live_...' },
      },
      expect: { status: 401, body: refusal(/Sign in/) },
    },
  ] satisfies Case[],
  standIns,
);

const firstRequest = `
const response = await fetch("https://api.hilt.so/v1/products", {
  headers: {
    "X-Hilt-Key": process.env.HILT_API_KEY!,
  },
});

if (!response.ok) {
  throw new Error(\`Hilt request failed: \${response.status}\`);
}

const products = await response.json();
`;

test('First request examples: TypeScript, as it stands there', async () => {
  const program = `${fill(firstRequest, standIns)}console.log(JSON.stringify(products));`;
  const { apiKey = '' } = standIns;
  expect(JSON.parse(await runProgram(program, { HILT_API_KEY: apiKey }))).toEqual(products);
  const failed = await runProgram(program, { HILT_API_KEY: 'hk_live_...' });
  expect(failed).toContain('Error: Hilt request failed: 401');
});

const wrapper = `
const HILT_API_URL = process.env.HILT_API_URL ?? "https://api.hilt.so";
const HILT_API_KEY = process.env.HILT_API_KEY!;

async function hilt<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(\`\${HILT_API_URL}\${path}\`, {
    ...init,
    headers: {
      "Content-Type": "application/json",
      "X-Hilt-Key": HILT_API_KEY,
      ...(init.headers ?? {}),
    },
  });

  if (!response.ok) {
    const error = await response.json().catch(() => ({}));
    throw new Error(error.detail ?? \`Hilt request failed: \${response.status}\`);
  }

  return response.json() as Promise<T>;
}
`;

test('A small server wrapper: TypeScript, as it stands there, throws what `detail` says', async () => {
  const { apiKey = '', supportKey = '' } = standIns;
  const call = (HILT_API_KEY: string) =>
    runProgram(`${wrapper}console.log(JSON.stringify(await hilt<object>('/v1/products')));`, {
      HILT_API_URL: stage.example.url,
      HILT_API_KEY,
    });
  expect(JSON.parse(await call(apiKey))).toEqual(products);
  expect(await call('hk_live_...')).toContain('Error: This API key is not valid');
  expect(await call(supportKey)).toContain('Error: This API key may not make this call');
});

const readProducts = (key: string) =>
  sendDocumented({ method: 'GET', url, headers: { 'X-Hilt-Key': key } }, standIns);
const dashboard = (method: string, path = '', body?: unknown) =>
  sendDocumented(
    {
      method,
      url: `https://api.hilt.so/dashboard/keys${path}`,
      headers: { Cookie: 'dashboardCookie', 'Content-Type': 'application/json' },
      ...(body !== undefined && { body }),
    },
    standIns,
  );
const makeKey = async (name: string) => {
  const { status, body } = await dashboard('POST', '', { name });
  expect(status).toBe(201);
  expect(body.key).toMatch(/^hk_live_[0-9A-Za-z]{38}$/);
  return body;
};
const lastUsed = async (id: string) => {
  const { body } = await dashboard('GET');
  return body.data.find((key: { id: string }) => key.id === id)?.lastUsedAt;
};

test('Rotation playbook, step by step', async () => {
  const old = await makeKey('Warehouse fulfilment sync');
  expect((await readProducts(old.key)).status).toBe(200);

  // 1. create the replacement key in the dashboard; 2. store it: it is never shown again
  const replacement = await makeKey('Warehouse fulfilment sync, new');
  const listed = await dashboard('GET');
  expect(listed.body.data.map((key: { name: string }) => key.name)).toContain(replacement.name);
  expect(listed.text).not.toContain(replacement.key);

  // Revoking first is the common failure mode; nothing proves yet that the new value was deployed.
  expect(await lastUsed(replacement.id)).toBeNull();
  const early = await dashboard('DELETE', `/${old.id}?replacement=${replacement.id}`);
  expect(early).toMatchObject({ status: 409, body: refusal(/never used/) });
  expect((await readProducts(old.key)).status).toBe(200);

  // 3. deploy the new value; 4. make one read call such as GET /v1/products to confirm it works
  expect((await readProducts(replacement.key)).status).toBe(200);
  await expect.poll(() => lastUsed(replacement.id), { timeout: 5_000 }).toEqual(expect.any(String));

  // 5. revoke the old key
  const revoked = await dashboard('DELETE', `/${old.id}?replacement=${replacement.id}`);
  expect(revoked.status).toBe(204);
  expect(await readProducts(old.key)).toMatchObject({ status: 401, body: refusal(/was revoked/) });
  expect((await readProducts(replacement.key)).status).toBe(200);
  expect((await dashboard('DELETE', `/${old.id}`)).status).toBe(404);
});

test('the same playbook on one key, by Keyward’s own rotation', async () => {
  const { key: old, id } = await makeKey('Discord checkout integration');
  const { call } = await stage.find(old);
  const { body } = await call('POST', `/v1/keys/${id}/rotate`);
  const lastUses = async () => {
    const { body: key } = await call('GET', `/v1/keys/${id}`);
    return key.secrets.map((one: { last4: string; lastUsedAt: string | null }) => [
      one.last4,
      one.lastUsedAt !== null,
    ]);
  };
  const [oldEnd, newEnd] = [old.slice(-4), body.secret.slice(-4)];
  expect(new Map(await lastUses()).get(newEnd)).toBe(false);
  expect((await readProducts(old)).status).toBe(200);
  expect((await readProducts(body.secret)).status).toBe(200);
  await expect
    .poll(async () => Object.fromEntries(await lastUses()), { timeout: 5_000 })
    .toEqual({ [oldEnd]: true, [newEnd]: true });
  expect((await call('POST', `/v1/keys/${id}/rotation`, { action: 'finish' })).status).toBe(200);
  expect(await readProducts(old)).toMatchObject({ status: 401, body: refusal(/was rotated/) });
  expect((await readProducts(body.secret)).status).toBe(200);
});

test('a token of HitKeep begins as a key of Hilt does, and opens nothing here', async () => {
  const { call } = await stage.find(standIns.apiKey ?? '');
  await call('PUT', '/v1/services/analytics', { preset: 'analytics' });
  const input = { name: 'grafana-reader', service: 'analytics', permissions: ['stats:read'] };
  const { body } = await call('POST', '/v1/keys', input);
  expect(body.secret).toMatch(/^hk_live_/);
  expect(await readProducts(body.secret)).toMatchObject({
    status: 401,
    body: refusal(/not valid/),
  });
});

testGuard({
  name: 'hilt',
  stage: () => stage,
  standIns,
  request: { method: 'GET', url, headers: { 'X-Hilt-Key': 'hk_live_...' } },
  makeKey: async () => (await makeKey('Launch-week support script')).key,
  standIn: 'hk_live_...',
  expectRefusal({ status, body, text }, expected) {
    expect(status, text).toBe(expected);
    expect(body).toEqual({ detail: expect.stringMatching(/^[A-Z].+\.$/) });
  },
});
