import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readContract } from '../support/contract.ts';
import { dumpText } from '../support/database-contents.ts';
import { sendRaw } from '../support/raw-request.ts';
import { type RestAnswer, type RestCall, restClient } from '../support/rest-client.ts';
import { putPresets, signInMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { callTrpc, consoleHeaders } from '../support/trpc-call.ts';

let keyward: TestKeyward;
/** Every answer but those that create a secret or a session, as it came. */
const answers: string[] = [];
const secrets: string[] = [];
const cookies: string[] = [];
const passwords = [operatorPassword];

const keep = (answer: RestAnswer): RestAnswer => {
  answers.push(JSON.stringify([...answer.headers]), answer.text);
  return answer;
};
const rest = async (secret: string | null, method: string, path: string, call?: RestCall) =>
  keep(await restClient(keyward.url, secret)(method, path, call));
const trpc = async (path: string, input: unknown, headers: Record<string, string>) =>
  keep(await callTrpc(keyward.url, path, input, headers));

function learn(secret: string | null | undefined): string {
  if (typeof secret !== 'string') throw new Error('No secret was answered.');
  secrets.push(secret);
  return secret;
}

beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'merchant', 'review-loops', 'short-links');
  const admin = learn(keyward.bootstrap.secret);
  const session = await signInEverywhere();
  const made = await makeBothKinds(admin, session);
  await useAndAbuse(admin, session, made);
  // Counts are written each second.
  const used = `/v1/keys/${made[0]?.id}`;
  await vi.waitFor(
    async () => {
      const { body } = await rest(admin, 'GET', used);
      expect(body.usage.totalRequests).toBeGreaterThan(0);
    },
    { timeout: 5000 },
  );
});
afterAll(() => keyward[Symbol.asyncDispose]());

type Session = Record<string, string>;

async function signInEverywhere(): Promise<Session> {
  const { organizationId, email } = keyward.bootstrap;
  const member = await signInMember(keyward, { organizationId, role: 'admin' });
  passwords.push(member.password);
  cookies.push(member.cookies().split('=')[1] ?? '');
  await trpc('account.signIn', { email, password: `${operatorPassword}!` }, consoleHeaders);
  await trpc('account.signUp', { email, name: 'x', password: operatorPassword }, consoleHeaders);
  await trpc('account.signIn', { email, password: operatorPassword, role: 'x' }, consoleHeaders);
  const session = { ...consoleHeaders, Cookie: member.cookies() };
  await trpc('account.session', null, session);
  return { ...session, 'X-Keyward-Organization': organizationId };
}

async function makeBothKinds(admin: string, session: Session) {
  const bot = await restClient(keyward.url, admin)('POST', '/v1/keys', {
    body: { name: 'by rest', service: 'review-loops', permissions: ['apiKeys:*'] },
    headers: { 'Idempotency-Key': 'once' },
  });
  await rest(admin, 'POST', '/v1/keys', {
    body: { name: 'by rest', service: 'review-loops', permissions: ['apiKeys:*'] },
    headers: { 'Idempotency-Key': 'once' },
  });
  const made = [{ id: bot.body.key.id, secret: learn(bot.body.secret) }];
  for (const kind of ['bot', 'user']) {
    const input = { kind, name: 'by trpc', service: 'short-links', permissions: ['apiKeys:read'] };
    const { body } = await callTrpc(keyward.url, 'keys.create', input, session);
    made.push({ id: body.result.data.key.id, secret: learn(body.result.data.secret) });
  }
  return made;
}

async function useAndAbuse(
  admin: string,
  session: Session,
  made: { id: string; secret: string }[],
): Promise<void> {
  for (const { id, secret } of made) {
    for (const question of [{}, { explain: true }, { service: 'merchant' }, { cost: 1_000_000 }]) {
      await rest(admin, 'POST', '/v1/keys/verify', { body: { key: secret, ...question } });
    }
    await rest(admin, 'POST', '/v1/keys/verify', { body: { key: secret, permissions: [secret] } });
    await rest(admin, 'POST', '/v1/keys', {
      body: { name: 'x', service: secret, tier: secret, permissions: [secret], expiresAt: secret },
    });
    await rest(secret, 'POST', '/v1/keys/verify', { body: { key: `${secret}x`, ip: secret } });
    await trpc('keys.list', { cursor: secret, service: secret }, session);
    await trpc('keys.get', { id: secret }, session);
    await trpc(`keys.get?key=${secret}`, { id }, session);
    await trpc('keys.get', { id }, { Authorization: `Bearer ${secret}!` });
    await trpc('keys.get', { id }, { Authorization: `Bearer ${secret}`, 'X-Api-Key': secret });
    for (const caller of [secret, admin, null]) {
      for (const path of [
        '/v1/test',
        '/v1/keys',
        `/v1/keys/${id}`,
        '/v1/services',
        '/v1/nothing',
      ]) {
        await rest(caller, 'GET', path);
        await rest(caller, 'GET', `${path}?key=${secret}`);
      }
      await rest(caller, 'GET', `/v1/keys/${secret}`);
      await rest(caller, 'DELETE', `/v1/keys/${secret}`);
      await rest(caller, 'PUT', `/v1/services/${secret}`, { body: { preset: secret } });
      await rest(caller, 'GET', `/v1/forward-auth?service=short-links&permission=${secret}`);
      await rest(caller, 'GET', '/v1/forward-auth?service=short-links');
    }
    const headers = { 'X-Keyward-Organization': secret };
    await rest(secret, 'GET', '/v1/keys', { headers });
    await rest(`${secret} ${secret}`, 'GET', '/v1/keys');
    await broken(secret);
    const rotated = await restClient(keyward.url, secret)('POST', '/v1/self/rotate', {
      body: { graceSeconds: 60 },
    });
    const second = learn(rotated.body.secret);
    await rest(admin, 'POST', `/v1/keys/${id}/rotate`, { body: { graceSeconds: 60 } });
    await rest(admin, 'POST', '/v1/keys/identify', { body: { key: second } });
    await rest(second, 'GET', '/v1/test');
    await rest(admin, 'DELETE', `/v1/keys/${id}`);
    await rest(secret, 'GET', '/v1/test');
    await rest(admin, 'GET', `/v1/keys/${id}`);
  }
  await rest(admin, 'GET', '/v1/keys');
}

async function broken(secret: string): Promise<void> {
  for (const body of [`{"key":"${secret}"`, `"${secret}"`, `{"key":"${secret}","key":7}`]) {
    const answer = await sendRaw(keyward.url, {
      method: 'POST',
      path: '/v1/keys/verify',
      headers: [
        ['Authorization', `Bearer ${keyward.bootstrap.secret}`],
        ['Content-Type', 'application/json'],
      ],
      body,
    });
    keep(answer);
  }
}

const forms = (plaintext: string): string[] => {
  const bytes = Buffer.from(plaintext);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  return [plaintext, base64, bytes.toString('base64url'), bytes.toString('hex')];
};

/** What must stand nowhere; the random part of a secret alone would be enough to use it. */
const hidden = () => [
  ...secrets.flatMap((secret) => [...forms(secret), secret.slice(-38)]),
  ...passwords.flatMap(forms),
  ...cookies.flatMap(forms),
];

test('there is something to look for, and it was used', async () => {
  expect([secrets.length, passwords.length, cookies.length]).toEqual([7, 2, 1]);
  expect(cookies.every((cookie) => cookie.length >= 32)).toBe(true);
  expect(answers.length).toBeGreaterThan(200);
  expect(keyward.logs.length).toBeGreaterThan(100);
  const dump = await dumpText(keyward.databaseUrl);
  for (const table of ['keys', 'key_secrets', 'audit_events', 'sessions', 'users', 'key_usage']) {
    expect(dump[`public.${table}`], table).not.toBe('');
  }
});

test('18: no secret, password or session stands in any column of any table', async () => {
  const dump = await dumpText(keyward.databaseUrl);
  for (const [table, text] of Object.entries(dump)) {
    const found = hidden().filter((one) => text.includes(one));
    expect(found, table).toEqual([]);
  }
});

test('18: no secret, password or session stands in any log line', () => {
  const text = keyward.logs.join('');
  expect(hidden().filter((one) => text.includes(one))).toEqual([]);
});

test('18: no secret, password or session stands in any answer but the one that created it', () => {
  const leaking = answers.filter((text) => hidden().some((one) => text.includes(one)));
  expect(leaking).toEqual([]);
});

test('no hash of a secret or of a password stands in any answer', async () => {
  const dump = await dumpText(keyward.databaseUrl);
  const hashes = [...(dump['public.key_secrets'] ?? '').matchAll(/\\+x([0-9a-f]{64})/g)]
    .map(([, hash = '']) => hash)
    .flatMap((hash) => [hash, Buffer.from(hash, 'hex').toString('base64')]);
  expect(hashes.length).toBe(14);
  const text = answers.join('');
  expect(text).not.toMatch(/argon2/);
  expect(hashes.filter((hash) => text.includes(hash))).toEqual([]);
});

test('the contract’s schemas have no room for a secret but in the answers that make one', async () => {
  const { document } = await readContract(keyward.url);
  const withSecret = Object.entries(document.components.schemas)
    .filter(([, schema]) => /"secret"|"secretHash"|"hash"/.test(JSON.stringify(schema)))
    .map(([name]) => name)
    // Its hash is its own: of what happened, which the line tells.
    .filter((name) => name !== 'ExportedAuditEvent');
  expect(withSecret.sort()).toEqual(['CreatedKey', 'RotatedKey', 'WebhookWithSecret']);
});
