import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignedIn, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders } from '../support/trpc-call.ts';

let keyward: TestKeyward;
let member: SignedIn;
let url: string;
beforeAll(async () => {
  keyward = await startTestKeyward({ trustedProxies: ['127.0.0.1'] });
  ({ url } = keyward);
  const { organizationId } = keyward.bootstrap;
  member = await signInMember(keyward, { organizationId });
});
afterAll(() => keyward[Symbol.asyncDispose]());

async function ask(procedure: string, headers: Record<string, string> = {}) {
  const session = { ...consoleHeaders, Cookie: member.cookies() };
  const answer = await callTrpc(url, procedure, undefined, { ...session, ...headers });
  return answer.body.result.data;
}

test('a person is told the address that an allowlist would see, and no other', async () => {
  expect(await ask('account.address')).toEqual({ address: '127.0.0.1' });
  const behind = { 'X-Forwarded-For': '192.0.2.1, 203.0.113.9' };
  expect(await ask('account.address', behind)).toEqual({ address: '203.0.113.9' });
  const hidden = { 'X-Forwarded-For': 'unknown' };
  expect(await ask('account.address', hidden)).toEqual({ address: null });
});

test('a key is told neither its address nor the instance, which are for a person at the console', async () => {
  const headers = { Authorization: `Bearer ${keyward.bootstrap.secret}` };
  for (const procedure of ['account.address', 'account.instance']) {
    const { status } = await callTrpc(url, procedure, undefined, headers);
    expect(status).toBe(403);
  }
});

test('the instance says where it is reached', async () => {
  expect(await ask('account.instance')).toEqual({ publicUrl: url });
});
