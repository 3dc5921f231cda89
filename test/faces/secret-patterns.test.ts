import { presetNames } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKey, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, ...presetNames);
});
afterAll(() => keyward[Symbol.asyncDispose]());

test('anybody reads what the secrets of this instance look like, and a fresh one is found by it', async () => {
  const answer = await fetch(`${keyward.url}/.well-known/keyward/secret-patterns.json`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  const text = await answer.text();
  const patterns = JSON.parse(text);
  expect(patterns.reportUrl).toBe(`${keyward.url}/v1/exposed-keys`);
  expect(new Set(patterns.shapes.map(({ service }: { service: string }) => service))).toEqual(
    new Set(['keyward', ...presetNames]),
  );
  for (const service of ['keyward', ...presetNames]) {
    const { secret, key } = await makeKey(keyward, { service, permissions: [] });
    expect(new RegExp(patterns.pattern).test(secret), service).toBe(true);
    expect(new RegExp(patterns.pattern).test(key.id), key.id).toBe(false);
  }
  expect(text).not.toMatch(new RegExp(patterns.pattern));
});
