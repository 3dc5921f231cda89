import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExampleStage, stageExample } from '../support/example.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { testGuard } from './beside-the-page.ts';
import {
  aText,
  type Case,
  fill,
  type PlainRequest,
  runProgram,
  type StandIns,
  sendDocumented,
  testCases,
} from './documented.ts';

// The page writes YOUR_API_KEY and your_loop_id.
const standIns: StandIns = {};
let stage: ExampleStage;
beforeAll(async () => {
  stage = await stageExample('hitl');
  const { url, credentials } = stage.example;
  Object.assign(standIns, {
    'https://api.hitl.sh': url,
    YOUR_API_KEY: credentials.apiKey,
    your_loop_id: credentials.loopId,
    READ_ONLY_KEY: credentials.readOnlyKey,
    STRANGERS_LOOP: credentials.otherLoopId,
  });
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const headers = {
  Authorization: 'Bearer YOUR_API_KEY',
  'Content-Type': 'application/json',
};
const testTheKey = `curl -X GET 'https://api.hitl.sh/v1/test' \\
  -H 'Authorization: Bearer YOUR_API_KEY'`;
const createLoop: PlainRequest = {
  method: 'POST',
  url: 'https://api.hitl.sh/v1/api/loops',
  headers,
  body: {
    name: 'Content Moderation Loop',
    description: 'Review user-generated content for compliance',
  },
};
const submitRequest: PlainRequest = {
  method: 'POST',
  url: 'https://api.hitl.sh/v1/api/loops/your_loop_id/requests',
  headers,
  body: {
    processing_type: 'time-sensitive',
    type: 'markdown',
    priority: 'medium',
    request_text: 'Please review this content for appropriateness.',
    response_type: 'single_select',
    response_config: {
      options: [
        { value: 'approve', label: 'Approve' },
        { value: 'reject', label: 'Reject' },
      ],
      required: true,
    },
    timeout_seconds: 3600,
    platform: 'api',
  },
};
const by = (request: PlainRequest, key: string): PlainRequest => ({
  ...request,
  headers: { ...request.headers, Authorization: `Bearer ${key}` },
});

const digits = expect.stringMatching(/^\d+$/);
const rateLimitHeaders = (remaining: string) => ({
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': digits,
  'retry-after': null,
});
const invalid = { error: true, msg: 'Invalid authorization token' };
const denied = { error: true, msg: 'Access denied to this resource' };
const limited = { error: true, msg: 'API rate limit exceeded' };
const tested = (remaining: number) => ({
  error: false,
  msg: 'API key is valid',
  data: {
    api_key_id: aText,
    user_id: '65f1234567890abcdef12346',
    email: 'user@example.com',
    account_status: 'active',
    rate_limit: {
      limit: 100,
      remaining,
      reset_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    },
    permissions: ['loops:read', 'loops:write', 'requests:read', 'requests:write'],
  },
});

describe('the documented requests', () => {
  testCases(
    [
      {
        title: 'Testing Your API Key',
        request: testTheKey,
        expect: { status: 200, headers: rateLimitHeaders('100'), body: tested(100) },
      },
      {
        title: 'Creating Your First Loop (Python, which looks for status 200 and data.id)',
        request: createLoop,
        expect: {
          status: 200,
          headers: rateLimitHeaders('99'),
          body: {
            error: false,
            msg: aText,
            data: expect.objectContaining({ id: aText, name: 'Content Moderation Loop' }),
          },
        },
        keep: ({ data }) => ({ CREATED_LOOP: data.id }),
      },
      {
        title: 'Submitting a Request (axios, which reads response.data.data.id)',
        request: submitRequest,
        expect: {
          status: 200,
          headers: rateLimitHeaders('98'),
          body: {
            error: false,
            msg: aText,
            data: expect.objectContaining({ id: aText, priority: 'medium', timeout_seconds: 3600 }),
          },
        },
      },
      {
        title: 'Submitting a Request to the loop that was created',
        request: {
          ...submitRequest,
          url: 'https://api.hitl.sh/v1/api/loops/CREATED_LOOP/requests',
        },
        expect: { status: 200, headers: rateLimitHeaders('97') },
      },
      {
        title: 'Access request history and responses',
        request: by(
          { method: 'GET', url: 'https://api.hitl.sh/v1/api/loops/CREATED_LOOP/requests' },
          'READ_ONLY_KEY',
        ),
        expect: {
          status: 200,
          headers: rateLimitHeaders('99'),
          body: { error: false, msg: aText, data: [expect.objectContaining({ platform: 'api' })] },
        },
      },
      {
        title: 'Testing says where the key stands, and spends nothing of it',
        request: testTheKey,
        expect: { status: 200, headers: rateLimitHeaders('97'), body: tested(97) },
      },
      {
        title: 'Debug Authentication (Python, whose script reads data’s fields)',
        request: {
          method: 'GET',
          url: 'https://api.hitl.sh/v1/test',
          headers: { Authorization: 'Bearer YOUR_API_KEY' },
        },
        expect: { status: 200, body: tested(97) },
      },
    ],
    standIns,
  );

  const axiosProgram = `
const apiKey = 'YOUR_API_KEY';
const loopId = 'your_loop_id';

const headers = {
    'Authorization': \`Bearer \${apiKey}\`,
    'Content-Type': 'application/json'
};

async function submitRequest() {
    try {
        const response = await axios.post(
            \`https://api.hitl.sh/v1/api/loops/\${loopId}/requests\`,
            {
                processing_type: 'time-sensitive',
                type: 'markdown',
                priority: 'medium',
                request_text: 'Please review this content for appropriateness.',
                response_type: 'single_select',
                response_config: {
                    options: [
                        { value: 'approve', label: 'Approve' },
                        { value: 'reject', label: 'Reject' }
                    ],
                    required: true
                },
                timeout_seconds: 3600,
                platform: 'api'
            },
            { headers }
        );
        
        console.log('✅ Request submitted:', response.data.data.id);
        return response.data.data;
    } catch (error) {
        console.error('❌ Error submitting request:', error.response?.data);
    }
}

submitRequest();
`;
  // As much of axios as the program uses.
  const axios = `
const axios = {
  async post(url, body, { headers }) {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const data = await response.json();
    if (!response.ok) throw Object.assign(new Error(), { response: { data } });
    return { data };
  },
};
`;

  test('Submitting a Request: JavaScript, as it stands there', async () => {
    const run = (known: StandIns) => runProgram(axios + fill(axiosProgram, known));
    expect(await run(standIns)).toMatch(/^✅ Request submitted: [0-9a-f-]{36}\n$/);
    const failed = await run({ ...standIns, YOUR_API_KEY: 'hitl_x' });
    expect(failed).toContain('❌ Error submitting request:');
    expect(failed).toContain("{ error: true, msg: 'Invalid authorization token' }");
  });
});

describe('Common Issues', () => {
  const test_ = { method: 'GET', url: 'https://api.hitl.sh/v1/test' };
  testCases(
    [
      ...[
        undefined,
        'YOUR_API_KEY',
        'Basic YOUR_API_KEY',
        'Bearer',
        'Bearer YOUR_API_KEYx',
        'Bearer YOUR_API_KEY YOUR_API_KEY',
      ].map((Authorization) => ({
        title: `Invalid authorization token: ${Authorization}`,
        request: { ...test_, ...(Authorization && { headers: { Authorization } }) },
        expect: { status: 401, headers: { 'x-ratelimit-limit': null }, body: invalid },
      })),
      {
        title: 'Access denied to this resource: a permission that the key was not granted',
        request: by(createLoop, 'READ_ONLY_KEY'),
        expect: { status: 403, headers: rateLimitHeaders('99'), body: denied },
      },
      {
        title: 'Access denied to this resource: requests, with a key that only reads',
        request: by(submitRequest, 'READ_ONLY_KEY'),
        expect: { status: 403, body: denied },
      },
      {
        title: 'Access denied to this resource: somebody else’s loop',
        request: {
          ...submitRequest,
          url: 'https://api.hitl.sh/v1/api/loops/STRANGERS_LOOP/requests',
        },
        expect: { status: 403, body: denied },
      },
      {
        title: 'Access denied to this resource: a loop that does not exist looks the same',
        request: { ...submitRequest, url: 'https://api.hitl.sh/v1/api/loops/none/requests' },
        expect: { status: 403, body: denied },
      },
      {
        title: 'A loop without a name',
        request: { ...createLoop, body: { description: '' } },
        expect: { status: 400, body: { error: true, msg: aText } },
      },
    ] satisfies Case[],
    standIns,
  );
});

/** A fresh key of the same account and permissions. */
async function makeKey(changes: object = {}): Promise<string> {
  const { call, id } = await stage.find(standIns.YOUR_API_KEY ?? '');
  const { body: key } = await call('GET', `/v1/keys/${id}`);
  const { service, permissions, externalId } = key;
  const input = { name: 'fresh', service, permissions, externalId, ...changes };
  return (await call('POST', '/v1/keys', input)).body.secret;
}
const readLoops: PlainRequest = { method: 'GET', url: createLoop.url, headers };
const send = (request: PlainRequest | string, key: string) =>
  sendDocumented(request, { ...standIns, YOUR_API_KEY: key });

test('100 requests an hour, from the first request, and not one more', async () => {
  const key = await makeKey();
  const before = Math.floor(Date.now() / 1000);
  const first = await send(createLoop, key);
  const reset = Number(first.headers.get('x-ratelimit-reset'));
  expect(reset - before).toBeGreaterThanOrEqual(3600);
  expect(reset - before).toBeLessThan(3610);
  expect(first.headers.get('x-ratelimit-remaining')).toBe('99');

  const answers = await Promise.all(
    Array.from({ length: 120 }, (_, index) => send(index % 2 ? readLoops : createLoop, key)),
  );
  const admitted = answers.filter((answer) => answer.status === 200);
  const remaining = admitted.map((one) => Number(one.headers.get('x-ratelimit-remaining')));
  expect(remaining.sort((a, b) => b - a)).toEqual(Array.from({ length: 99 }, (_, at) => 98 - at));

  const refused = answers.filter((answer) => answer.status !== 200);
  expect(refused).toHaveLength(21);
  for (const answer of refused) {
    expectLimited(answer);
    expect(answer.headers.get('x-ratelimit-reset')).toBe(String(reset));
  }
  // Use the /test endpoint to check your current rate limit status.
  const { status, body } = await send(testTheKey, key);
  expect(status).toBe(200);
  expect(body.data.rate_limit).toMatchObject({ limit: 100, remaining: 0 });
  expect(Date.parse(body.data.rate_limit.reset_at)).toBe(reset * 1000);
  // Another key of the same account has an hour of its own.
  expect((await send(createLoop, await makeKey())).status).toBe(200);
});

function expectLimited({ status, body, headers: told, text }: RestAnswer): void {
  expect(status, text).toBe(429);
  expect(body).toEqual(limited);
  expect(told.get('x-ratelimit-limit')).toMatch(/^\d+$/);
  expect(told.get('x-ratelimit-remaining')).toBe('0');
  expect(told.get('x-ratelimit-reset')).toMatch(/^\d{10}$/);
  const wait = Number(told.get('retry-after'));
  expect(Number.isInteger(wait) && wait >= 1).toBe(true);
  const until = Number(told.get('x-ratelimit-reset')) - Date.now() / 1000;
  expect(Math.abs(wait - until)).toBeLessThan(5);
}

test('Handling Rate Limits: the documented loop waits as long as it is told, and gets through', async () => {
  const key = await makeKey({ rateLimit: { limit: 2, windowSeconds: 1 } });
  const seen: number[] = [];
  // make_api_request_with_retry, line by line.
  const makeApiRequestWithRetry = async (maxRetries = 3): Promise<RestAnswer | null> => {
    for (let attempt = 0; attempt < maxRetries; attempt += 1) {
      const response = await send(createLoop, key);
      seen.push(response.status);
      if (response.status === 429) {
        const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '60', 10);
        await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000));
        continue;
      }
      return response;
    }
    return null;
  };
  await Promise.all(Array.from({ length: 3 }, () => send(createLoop, key)));
  expect((await makeApiRequestWithRetry())?.status).toBe(200);
  expect(seen).toEqual([429, 200]);
});

testGuard({
  name: 'hitl',
  stage: () => stage,
  standIns,
  request: readLoops,
  standIn: 'YOUR_API_KEY',
  makeKey,
  expectRefusal({ status, body, text }, expected) {
    expect(status, text).toBe(expected);
    expect(body).toEqual(expected === 401 ? invalid : { error: true, msg: aText });
  },
});
