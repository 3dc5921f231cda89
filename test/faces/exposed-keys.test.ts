import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { readConfig } from '@keyward/server/config';
import { type RunningNode, startNode } from '@keyward/server/start-node';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Contract, readContract } from '../support/contract.ts';
import { countRowsButUsage, dumpText } from '../support/database-contents.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { createSigner, reportOf, sendReport } from '../support/github-report.ts';
import { type RestAnswer, restClient } from '../support/rest-client.ts';
import {
  type MadeKey,
  makeKey,
  makeTenant,
  makeWebhook,
  putPresets,
  type SignedIn,
  signInMember,
  type Tenant,
} from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

const github = createSigner('github-key-1');
const stranger = createSigner('github-key-1');
/** Addresses are told apart, so that no test meets the throttle of another. */
const trustedProxies = ['127.0.0.1'];

let keyward: TestKeyward;
let second: RunningNode;
let contract: Contract;
let tenant: Tenant;
let owner: SignedIn;
beforeAll(async () => {
  const githubKeys = new Map([[github.id, github.publicKey]]);
  keyward = await startTestKeyward({ githubKeys, trustedProxies });
  second = await startNode(
    { ...readConfig({}), port: 0, githubKeys, trustedProxies },
    keyward.databaseUrl,
    pino({ level: 'silent' }),
  );
  await putPresets(keyward, 'merchant', 'contracts');
  contract = await readContract(keyward.url);
  tenant = await makeTenant(keyward);
  owner = await signInMember(keyward, { organizationId: tenant.id, role: 'owner' });
});
afterAll(async () => {
  await second?.stop();
  await keyward[Symbol.asyncDispose]();
});

const newKey = () =>
  makeKey(keyward, { organizationId: tenant.id, service: 'merchant', permissions: [] });

async function sendSigned(body: string, url = keyward.url): Promise<RestAnswer> {
  const answer = await sendReport(url, body, { id: github.id, signature: github.sign(body) });
  contract.check('POST', '/v1/exposed-keys', answer);
  return answer;
}

const tell = (body: unknown, address = '198.51.100.7') =>
  contract.client(null)('POST', '/v1/exposed-keys', {
    body,
    headers: { 'X-Forwarded-For': address },
  });

/** What a verification says, by either node. */
async function codes(secret: string): Promise<string[]> {
  const ask = (url: string) =>
    restClient(url, keyward.bootstrap.secret)('POST', '/v1/keys/verify', { body: { key: secret } });
  const answers = await Promise.all([ask(keyward.url), ask(second.url)]);
  return answers.map(({ body }) => body.code);
}

async function eventsOf({ key }: MadeKey) {
  const { data } = await owner.within(tenant.id).audit.list.query({ targetId: key.id });
  return data.filter(({ action }) => /exposed|suspended/.test(action)).reverse();
}

const manage = (method: string, path: string, body?: unknown) =>
  contract.client(keyward.bootstrap.secret)(method, path, {
    body,
    headers: { 'X-Keyward-Organization': tenant.id },
  });

const both = (code: string) => [code, code];
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('21: an exposed-key report with a valid signature → suspended everywhere, audited', async () => {
  const webhook = await makeWebhook(keyward, tenant.id);
  const [first, other] = [await newKey(), await newKey()];
  const elsewhere = await makeKey(keyward, { service: 'contracts', permissions: [] });
  expect(await codes(first.secret)).toEqual(both('VALID'));
  const noise = 'hk_live_thisIsNoKeyOfOursAtAll00000000000000000';
  const url = 'https://github.com/octocat/hello/blob/1234/a.env';
  const body = reportOf(
    { token: first.secret, url },
    { token: noise, type: 'noise' },
    { token: elsewhere.secret },
    { token: first.secret, source: 'commit', url: '' },
  );
  const { status, body: feedback } = await sendSigned(body, second.url);
  expect(status).toBe(200);
  expect(feedback).toEqual([
    { token_hash: sha256(first.secret), token_type: 'keyward_api_key', label: 'true_positive' },
    { token_hash: sha256(noise), token_type: 'noise', label: 'false_positive' },
    { token_hash: sha256(elsewhere.secret), token_type: 'keyward_api_key', label: 'true_positive' },
    { token_hash: sha256(first.secret), token_type: 'keyward_api_key', label: 'true_positive' },
  ]);
  expect(await codes(first.secret)).toEqual(both('SUSPENDED'));
  expect(await codes(elsewhere.secret)).toEqual(both('SUSPENDED'));
  expect(await codes(other.secret)).toEqual(both('VALID'));

  const [exposed, suspended, ...more] = await eventsOf(first);
  expect(more).toEqual([]);
  expect(exposed).toMatchObject({
    action: 'key.exposed',
    actor: { type: 'system', id: null, name: 'GitHub secret scanning' },
    data: { reporter: 'github', url, source: 'content', last4: first.key.last4, suspends: true },
  });
  expect(suspended).toMatchObject({ action: 'key.suspended', data: { because: 'exposed' } });
  const listed = await owner.within(tenant.id).keys.exposures.query({ ids: [first.key.id] });
  expect(listed.map(({ url: place, source }) => [place, source])).toEqual([
    [null, 'commit'],
    [url, 'content'],
  ]);
  expect(listed[0]).toMatchObject({ last4: first.key.last4, isLive: true, reporter: 'github' });
  await expect
    .poll(async () => {
      const path = `/v1/webhooks/${webhook.id}/deliveries`;
      const { data } = (await manage('GET', path)).body;
      return data.map(({ type, body: sent }: { type: string; body: string }) => [
        type,
        JSON.parse(sent).data.change,
      ]);
    })
    .toContainEqual(['key.suspended', { name: first.key.name, because: 'exposed' }]);
});

test('21: an exposed-key report with a bad, replayed or re-serialised signature → 4xx', async () => {
  const made = await newKey();
  const body = reportOf({ token: made.secret });
  const signature = github.sign(body);
  const before = await countRowsButUsage(keyward.databaseUrl);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const bad: [string, string, string | null, string | null][] = [
    ['another key, under the same name', body, github.id, stranger.sign(body)],
    ['a key that was never told of', body, 'github-key-2', signature],
    ['no name of a key', body, null, signature],
    ['no signature', body, github.id, null],
    ['an empty one', body, github.id, ''],
    ['no base64', body, github.id, '*'],
    ['no DER', body, github.id, 'AAAA'],
    ['half of it', body, github.id, signature.slice(0, 40)],
    ['RSA', body, github.id, createSign('sha256').update(body).sign(rsa, 'base64')],
    ['neither', body, null, null],
    ['re-serialised with spaces', JSON.stringify(JSON.parse(body), null, 1), github.id, signature],
    ['a space at the end', `${body} `, github.id, signature],
    ['a byte order mark', `\ufeff${body}`, github.id, signature],
    ['an escape', body.replace('octocat', '\\u006fctocat'), github.id, signature],
    ['fields in another order', reorder(body), github.id, signature],
    ['of a hash and not of the bytes', body, github.id, github.sign(sha256(body))],
  ];
  for (const [what, sent, id, given] of bad) {
    const answer = await sendReport(keyward.url, sent, { id, signature: given });
    expect(answer.status, what).toBe(400);
    expectProblem(answer, 400, 'invalid_request');
    expect(answer.text).not.toContain(made.secret);
  }
  expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(before);
  expect(await codes(made.secret)).toEqual(both('VALID'));

  expect((await sendSigned(body)).status).toBe(200);
  expect(await codes(made.secret)).toEqual(both('SUSPENDED'));
  await manage('PATCH', `/v1/keys/${made.key.id}`, { status: 'active' });
  const resumed = await countRowsButUsage(keyward.databaseUrl);
  for (const again of [signature, github.sign(body), flipped(signature)]) {
    const answer = await sendReport(second.url, body, { id: github.id, signature: again });
    expectProblem(answer, 409, 'conflict');
  }
  expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(resumed);
  expect(await codes(made.secret)).toEqual(both('VALID'));
});

/** The same match, told in another order. */
function reorder(body: string): string {
  const [match] = JSON.parse(body);
  return JSON.stringify([Object.fromEntries(Object.entries(match).reverse())]);
}

/** The other good signature that anybody can make of one: (r, n - s). */
function flipped(signature: string): string {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const der = Buffer.from(signature, 'base64');
  const lengthOfR = der[3] ?? 0;
  const r = der.subarray(4, 4 + lengthOfR);
  const s = BigInt(`0x${der.subarray(6 + lengthOfR).toString('hex')}`);
  const hex = (order - s).toString(16).padStart(64, '0');
  const bytes = Buffer.from(Number.parseInt(hex.slice(0, 2), 16) > 127 ? `00${hex}` : hex, 'hex');
  const parts = [Buffer.from([2, r.length]), r, Buffer.from([2, bytes.length]), bytes];
  const inner = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([0x30, inner.length]), inner]).toString('base64');
}

test('two copies of a report that come at once act once', async () => {
  const made = await newKey();
  const body = reportOf({ token: made.secret });
  const answers = await Promise.all([
    sendSigned(body),
    sendSigned(body, second.url),
    sendSigned(body),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect((await eventsOf(made)).length).toBe(2);
});

test('whoever holds a secret may report it, and learns the same of one that is unknown', async () => {
  const made = await newKey();
  const known = await tell({
    secret: made.secret,
    url: 'https://example.com/paste',
    source: 'chat',
  });
  expect(await codes(made.secret)).toEqual(both('SUSPENDED'));
  const unknown = await tell({ secret: 'hk_live_00000000000000000000000000000000000000' });
  expect(await tell({ secret: made.secret })).toMatchObject({ status: 200 });
  for (const { status, body } of [known, unknown]) {
    expect([status, Object.keys(body)]).toEqual([200, ['received', 'effectiveAt']]);
  }
  const [exposed] = await eventsOf(made);
  expect(exposed).toMatchObject({
    actor: { type: 'system', name: 'Report of an exposed key' },
    address: '198.51.100.7',
    data: { reporter: 'holder', url: 'https://example.com/paste', source: 'chat' },
  });
});

test('a bot key that manages is stopped like any other', async () => {
  const { secret } = await makeKey(keyward, { permissions: ['apiKeys:*'] });
  await tell({ secret });
  expectProblem(await contract.client(secret)('GET', '/v1/keys'), 401, 'key_suspended');
});

test('a key that was made elsewhere is found by its secret as well', async () => {
  const secret = 'sk-legacy/ABC.def';
  const made = {
    name: 'imported',
    service: 'merchant',
    permissions: [],
    secretSha256: sha256(secret),
  };
  await manage('POST', '/v1/keys/import', { keys: [made] });
  await tell({ secret, url: 'https://example.com/?q=sk-legacy%2FABC.def' });
  expect(await codes(secret)).toEqual(both('SUSPENDED'));
});

test('during a rotation either secret stops the key; a retired one stops nothing, and is noted', async () => {
  const made = await newKey();
  const path = `/v1/keys/${made.key.id}`;
  const rotated = (await manage('POST', `${path}/rotate`, { graceSeconds: 3600 })).body.secret;
  await tell({ secret: made.secret });
  expect([await codes(made.secret), await codes(rotated)].flat()).toEqual(
    Array(4).fill('SUSPENDED'),
  );
  await manage('POST', `${path}/rotation`, { action: 'finish' });
  await manage('PATCH', path, { status: 'active' });
  await tell({ secret: made.secret, url: 'https://example.com/again' });
  expect(await codes(rotated)).toEqual(both('VALID'));
  const events = await eventsOf(made);
  expect(events.map(({ action, data }) => [action, data.isLive, data.suspends])).toEqual([
    ['key.exposed', true, true],
    ['key.suspended', undefined, undefined],
    ['key.exposed', false, false],
  ]);
  const { exposed } = await owner.within(tenant.id).keys.attention.query();
  expect(exposed.data.map(({ id }) => id)).not.toContain(made.key.id);
});

test('a key that is stopped already is left so, and the place is noted once', async () => {
  const suspended = await newKey();
  await manage('PATCH', `/v1/keys/${suspended.key.id}`, { status: 'suspended' });
  const revoked = await newKey();
  await manage('DELETE', `/v1/keys/${revoked.key.id}`);
  for (const made of [suspended, revoked]) {
    const before = (await manage('GET', `/v1/keys/${made.key.id}`)).body;
    for (let times = 0; times < 3; times += 1) await tell({ secret: made.secret });
    expect((await manage('GET', `/v1/keys/${made.key.id}`)).body).toEqual(before);
    const told = (await eventsOf(made)).filter(({ action }) => action === 'key.exposed');
    expect(told.map(({ data }) => data.suspends)).toEqual([false]);
  }
});

test('a key that has expired does not come back with a later expiry', async () => {
  const made = await newKey();
  await keyward.change(
    `update keys set expires_at = now() - interval '1 day' where id = '${made.key.id}'`,
  );
  await tell({ secret: made.secret });
  expect(await codes(made.secret)).toEqual(both('EXPIRED'));
  await manage('PATCH', `/v1/keys/${made.key.id}`, { expiresAt: null });
  expect(await codes(made.secret)).toEqual(both('SUSPENDED'));
});

test('one that was resumed as it was is suspended again when somebody finds it again', async () => {
  const made = await newKey();
  await tell({ secret: made.secret });
  await manage('PATCH', `/v1/keys/${made.key.id}`, { status: 'active' });
  await tell({ secret: made.secret });
  expect(await codes(made.secret)).toEqual(both('SUSPENDED'));
});

test('admins see which keys were found and where; other people see nothing of them', async () => {
  const made = await newKey();
  await tell({ secret: made.secret, url: 'https://example.com/here' });
  const within = owner.within(tenant.id);
  const { exposed } = await within.keys.attention.query();
  expect(exposed.data).toContainEqual(
    expect.objectContaining({
      id: made.key.id,
      url: 'https://example.com/here',
      status: 'suspended',
    }),
  );
  const listed = await within.keys.list.query({ exposed: true, limit: 200 });
  expect(listed.data.map(({ id }) => id)).toContain(made.key.id);
  expect(listed.data.length).toBe(exposed.count);
  const member = await signInMember(keyward, { organizationId: tenant.id });
  const ids = [made.key.id];
  expect(await member.within(tenant.id).keys.exposures.query({ ids })).toEqual([]);
  const other = await makeTenant(keyward);
  const foreign = await signInMember(keyward, { organizationId: other.id, role: 'owner' });
  expect(await foreign.within(other.id).keys.exposures.query({ ids })).toEqual([]);
});

test('plain reports from one place are throttled, on every node, and others are not', async () => {
  const body = { secret: 'hk_live_00000000000000000000000000000000000000' };
  const from = (url: string, address: string) =>
    restClient(url, null)('POST', '/v1/exposed-keys', {
      body,
      headers: { 'X-Forwarded-For': address },
    });
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      from(index % 2 ? keyward.url : second.url, `2001:db8::${index + 1}`),
    ),
  );
  expect(answers.filter(({ status }) => status === 200).length).toBe(60);
  const refused = answers.find(({ status }) => status !== 200);
  if (refused === undefined) throw new Error('None was refused.');
  expectProblem(refused, 429, 'rate_limited');
  expect((await from(keyward.url, '203.0.113.200')).status).toBe(200);
});

test('a report that makes no sense is refused, and counts nowhere', async () => {
  const before = await countRowsButUsage(keyward.databaseUrl);
  const secret = 'hk_live_00000000000000000000000000000000000000';
  for (const body of [
    {},
    [],
    null,
    'text',
    { secret: '' },
    { secret: 'x'.repeat(513) },
    { secret, unheardOf: 1 },
    { secret, url: 'javascript:alert(1)' },
    { secret, url: 'nowhere' },
    { secret, source: 'a\nb' },
    { secret: [secret] },
  ]) {
    expectProblem(await tell(body, '198.51.100.99'), 400, 'invalid_request');
  }
  expect(await countRowsButUsage(keyward.databaseUrl)).toEqual(before);
});

test('a search for the plaintext in the database, the logs and what is told of a report → nothing', async () => {
  const made = await newKey();
  const { secret } = made;
  const address = `https://u:${secret}@example.com/${secret}?key=${secret}#${secret}`;
  await tell({ secret, url: address, source: `in ${secret}` });
  const other = await newKey();
  const url = `https://example.com/${other.secret}`;
  const answer = await sendSigned(
    reportOf({ token: other.secret, type: `type ${other.secret}`, url, source: other.secret }),
  );
  const exposures = await owner.within(tenant.id).keys.exposures.query({
    ids: [made.key.id, other.key.id],
  });
  expect(exposures.map((one) => one.url)).toEqual([
    'https://example.com/[redacted]',
    'https://example.com/[redacted]?key=[redacted]#[redacted]',
  ]);
  const texts = [
    JSON.stringify(await dumpText(keyward.databaseUrl)),
    keyward.logs.join(''),
    JSON.stringify(exposures),
    answer.text,
  ];
  for (const text of texts) {
    expect(text.includes(secret) || text.includes(other.secret)).toBe(false);
  }
});
