import { readConfig } from '@keyward/server/config';
import { type RunningKeyward, startKeyward } from '@keyward/server/start-keyward';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restClient } from '../support/rest-client.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let first: TestKeyward;
let second: RunningKeyward;
beforeAll(async () => {
  first = await startTestKeyward();
  second = await startKeyward(
    { ...readConfig({}), port: 0, databaseUrl: first.databaseUrl },
    pino({ level: 'silent' }),
  );
});
afterAll(async () => {
  await second.stop();
  await first[Symbol.asyncDispose]();
});

test('a key whose revocation has returned from one node is refused by the other, fifty times of fifty', async () => {
  const here = restClient(first.url, first.bootstrap.secret);
  const there = restClient(second.url, first.bootstrap.secret);
  const codes: string[] = [];
  for (let round = 0; round < 50; round += 1) {
    const made = await here('POST', '/v1/keys', {
      body: { name: `round ${round}`, service: 'keyward', permissions: [] },
    });
    const question = { body: { key: made.body.secret } };
    expect((await there('POST', '/v1/keys/verify', question)).body.code).toBe('VALID');
    const revoked = await here('DELETE', `/v1/keys/${made.body.key.id}`);
    expect(revoked.body.receipt.nodes).toBe(2);
    codes.push((await there('POST', '/v1/keys/verify', question)).body.code);
  }
  expect(new Set(codes)).toEqual(new Set(['REVOKED']));
});

test('a limit of 100 admits exactly 100 of 300 calls to two nodes at once', async () => {
  const here = restClient(first.url, first.bootstrap.secret);
  const there = restClient(second.url, first.bootstrap.secret);
  const made = await here('POST', '/v1/keys', {
    body: {
      name: 'limited',
      service: 'keyward',
      permissions: [],
      rateLimit: { limit: 100, windowSeconds: 3600 },
    },
  });
  const question = { body: { key: made.body.secret } };
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      (index % 2 === 0 ? here : there)('POST', '/v1/keys/verify', question),
    ),
  );
  const codes = answers.map(({ body }) => body.code);
  expect(codes.filter((code) => code === 'VALID')).toHaveLength(100);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(200);
});
