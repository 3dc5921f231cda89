import type { Route } from '@keyward/server/rest/route';
import { routes } from '@keyward/server/rest/routes';
import fc, { type Arbitrary } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, type OpenApiOperation, readContract } from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { nearSchema, type TextHints } from '../support/near-schema.ts';
import { type RawCall, sendRaw } from '../support/raw-request.ts';
import { spoiled } from '../support/spoil-json.ts';
import { makeKey, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { type WatchedWrites, watchWrites } from '../support/watch-writes.ts';

// Of the whole file some seconds: what fails is printed with the call that made it fail. `npm run fuzz` asks for more.
const callsPerRoute = Number(process.env.KEYWARD_FUZZ_CALLS ?? 30);
const seed = Number(process.env.KEYWARD_FUZZ_SEED ?? 20_260_101);
const limitMilliseconds = Math.max(8000, callsPerRoute * 100);

let keyward: TestKeyward;
let writes: WatchedWrites;
let contract: Contract;
let hints: TextHints;
/** Calls of a key on itself would rotate or revoke the one that makes all other calls. */
let selfSecret: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops');
  contract = await readContract(keyward.url);
  const { key, secret } = await makeKey(keyward, { service: 'review-loops', permissions: [] });
  selfSecret = (await makeKey(keyward)).secret;
  writes = await watchWrites(keyward.databaseUrl);
  hints = {
    '': ['merchant', 'default', '7', '203.0.113.9', keyward.bootstrap.organizationId, secret],
    id: [key.id, 'key_01jd0000000000000000000000'],
    slug: ['merchant', 'nothing'],
    key: [secret],
    service: ['merchant', 'keyward', 'keyward'],
    name: ['a name', 'products'],
    tier: ['default'],
    permissions: ['usage:read', 'apiKeys:*'],
    permission: ['apiKeys:read', 'apiKeys:read,usage:read'],
    ipAllowlist: ['203.0.113.9', '2001:db8::/32', '::ffff:203.0.113.0/120'],
    ip: ['203.0.113.9', '2001:db8::1'],
    expiresAt: ['2031-01-31T00:00:00Z', '2031-01-31T00:00:00+05:30'],
    cursor: [key.id],
    email: ['ida@example.com'],
    secretSha256: ['0f'.repeat(32), 'a1'.repeat(32), 'C2'.repeat(32)],
    last4: ['x7Qa'],
    url: ['https://hooks.example/keyward'],
    services: ['merchant'],
  };
});
afterAll(async () => {
  await writes?.[Symbol.asyncDispose]();
  await keyward[Symbol.asyncDispose]();
});

type Named = [name: string, value: unknown][];

/** The parameters in one place of a call, those that are not required left out half of the time. */
function parametersIn(place: string, operation: OpenApiOperation): Arbitrary<Named> {
  const parameters = (operation.parameters ?? []).filter((one) => one.in === place);
  const each = parameters.map(({ name, required, schema }) =>
    nearSchema(contract.document, { name, schema }, hints)
      .map((value): Named => [[name, value]])
      .chain((one) => (required ? fc.constant(one) : fc.constantFrom(one, []))),
  );
  return fc.tuple(...each).map((named) => named.flat());
}

const strange = fc.constantFrom<Named>([], [], [], [['__proto__', '1']], [['limit', 'NaN']]);

/** Names once, or now and then one of them twice or as other frameworks write lists. */
const repeated = (named: Arbitrary<Named>): Arbitrary<Named> =>
  fc.tuple(named, fc.nat({ max: 9 })).map(([all, choice]) => {
    const [first] = all;
    if (first === undefined || choice > 1) return all;
    return choice === 0 ? [...all, first] : [...all.slice(1), [`${first[0]}[]`, first[1]]];
  });

const printable = (value: unknown) => `${value}`.replace(/[^\x21-\x7e]/g, '').slice(0, 200);
const utf8 = (value: unknown) => encodeURIComponent(`${value}`.toWellFormed());

function callOf(route: Route): Arbitrary<RawCall> {
  const verb = route.method === 'all' ? 'post' : route.method;
  const operation = contract.document.paths[route.path]?.[verb];
  if (operation === undefined) throw new Error(`${route.path} is not documented.`);
  const isSelf = route.path.startsWith('/v1/self');
  const bodySchema = operation.requestBody?.content['application/json']?.schema;
  return fc
    .record({
      inPath: parametersIn('path', operation),
      query: fc.oneof(repeated(parametersIn('query', operation)), strange),
      headers: parametersIn('header', operation),
      body:
        bodySchema === undefined
          ? fc.constant(undefined)
          : spoiled(
              nearSchema(contract.document, { name: '', schema: bodySchema }, hints).map((value) =>
                JSON.stringify(value),
              ),
            ),
    })
    .map(({ inPath, query, headers, body }) => {
      const path = inPath.reduce(
        (text, [name, value]) => text.replace(`{${name}}`, utf8(value) || 'x'),
        route.path as string,
      );
      const search = query.map(([name, value]) => `${name}=${utf8(value)}`).join('&');
      return {
        method: verb.toUpperCase(),
        path: search === '' ? path : `${path}?${search}`,
        headers: [
          ['Authorization', `Bearer ${isSelf ? selfSecret : keyward.bootstrap.secret}`],
          ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
          ...headers.map(([name, value]) => [name, printable(value)] as const),
        ],
        ...(body !== undefined && { body }),
      };
    });
}

test('what a call writes is seen, and what the counts write each second is not', async () => {
  await writes.takeWrites();
  const { key } = await makeKey(keyward);
  const written = await writes.takeWrites();
  expect(written).toEqual(
    expect.arrayContaining(['audit_events insert', 'audit_heads update', 'keys insert']),
  );
  await keyward.database.execute(`update keys set total_requests = 7 where id = '${key.id}'`);
  expect(await writes.takeWrites()).toEqual([]);
});

test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s never fails, answers as documented, and writes nothing that it refuses, whatever is sent to it',
  async (_, route) => {
    const statuses = new Set<number>();
    await writes.takeWrites();
    await fc.assert(
      fc.asyncProperty(callOf(route), async (call) => {
        const answer = await sendRaw(keyward.url, call);
        statuses.add(answer.status);
        expect(answer.status, answer.text).toBeLessThan(500);
        contract.check(call.method ?? 'GET', call.path, answer);
        if (answer.status >= 400) {
          expect(await writes.takeWrites(), answer.text).toEqual([]);
        } else {
          await writes.takeWrites();
        }
      }),
      {
        ...{ seed, numRuns: callsPerRoute, endOnFailure: true },
        interruptAfterTimeLimit: limitMilliseconds,
      },
    );
    // A fuzz that is refused at the door tests nothing behind it.
    expect([...statuses].filter((status) => status < 300 || status === 404)).not.toEqual([]);
  },
  limitMilliseconds + 20_000,
);

const numbers = [
  '0x10',
  '1e1',
  '5.0',
  '+5',
  '-5',
  ' 5',
  '5 ',
  '',
  '٣',
  'Infinity',
  '99999999999999999999',
];

test('a number in an address is read in digits alone', async () => {
  const reads = routes.flatMap((route) =>
    (contract.document.paths[route.path]?.get?.parameters ?? [])
      .filter(({ schema }) => (schema as { type?: string }).type === 'integer')
      .map(({ name }) => ({ name, path: route.path.replace(/\{\w+\}/, hints.id?.[0] ?? '') })),
  );
  expect(reads.length).toBeGreaterThan(4);
  const headers = [['Authorization', `Bearer ${keyward.bootstrap.secret}`]] as const;
  for (const { name, path } of reads) {
    for (const number of numbers) {
      const query = `${name}=${encodeURIComponent(number)}`;
      expectProblem(
        await sendRaw(keyward.url, { path: `${path}?${query}`, headers }),
        400,
        'invalid_request',
      );
    }
  }
});

test('what was sent left no unexpected error in the log', () => {
  const unexpected = keyward.logs.filter((line) => line.includes('unexpected error'));
  expect(unexpected).toEqual([]);
});
