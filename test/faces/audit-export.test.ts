import { createHash } from 'node:crypto';
import { createKey } from '@keyward/server/keys/create-key';
import { createKeyOfKindInput } from '@keyward/shared/keys';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { botClient, consoleClient } from '../support/console-client.ts';
import { type Contract, readContract } from '../support/contract.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { builtInPermissions } from '../support/route-samples.ts';
import { tamper } from '../support/tamper.ts';
import {
  type MadeKey,
  makeKey,
  makeTenant,
  type SignedIn,
  signInMember,
  type Tenant,
} from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let contract: Contract;
let sql: Sql;
let ours: Tenant;
let auditor: MadeKey;
let owner: SignedIn;
const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', ' =cmd', '"quoted", and more'];
beforeAll(async () => {
  keyward = await startTestKeyward();
  contract = await readContract(keyward.url);
  sql = postgres(keyward.databaseUrl, { max: 2, onnotice: () => {} });
  ours = await makeTenant(keyward);
  owner = await signInMember(keyward, { organizationId: ours.id, role: 'owner' });
  auditor = await makeKey(keyward, { organizationId: ours.id, permissions: ['auditLog:read'] });
  for (const name of hostile) {
    // As a key would be called by whoever made it: names of actors stand in cells of their own.
    const actor = { type: 'system' as const, name };
    await createKey(
      { ...keyward.context, organizationId: ours.id, actor },
      createKeyOfKindInput.parse({ kind: 'bot', name, service: 'keyward', permissions: [] }),
    );
  }
});
afterAll(async () => {
  await sql.end();
  await keyward[Symbol.asyncDispose]();
});

const get = (query: string, secret = auditor.secret) =>
  contract.client(secret)('GET', `/v1/audit-events/export${query}`);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, inner]) => [name, sorted(inner)]),
      )
    : value;
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('GET /v1/audit-events/export', () => {
  test('writes every event as a line of JSON, newest first, that can be checked without Keyward', async () => {
    const { text, headers } = await get('?format=ndjson');
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="audit-${ours.id}-[0-9-]{10}\\.ndjson"$`),
    );
    const lines = linesOf(text);
    expect(lines.map(({ number }) => number)).toEqual(
      lines.map((_, index) => lines.length - index),
    );
    for (const [index, { hash, ...event }] of lines.entries()) {
      const digest = createHash('sha256')
        .update(JSON.stringify(sorted(event)))
        .digest('hex');
      expect(digest).toBe(hash);
      expect(event.previousHash).toBe(lines[index + 1]?.hash ?? '');
    }
    expect(text).not.toContain(auditor.secret);
  });

  test('is itself recorded, and ends before its own event', async () => {
    await get('?format=ndjson&action=key.');
    const { body } = await contract.client(auditor.secret)('GET', '/v1/audit-events?limit=1');
    expect(body.data[0]).toMatchObject({
      action: 'audit.exported',
      targetType: 'organization',
      targetId: ours.id,
      actor: { type: 'key', id: auditor.key.id },
      data: { format: 'ndjson', action: 'key.' },
    });
    const { text } = await get('?format=ndjson&action=audit.exported');
    expect(linesOf(text)[0].number).toBe(body.data[0].number);
  });

  test('23: CSV cells that begin with = + - @ or a tab are escaped', async () => {
    const { text, headers } = await get('?format=csv&actorType=system');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head, ...rows] = text.split('\r\n').slice(0, -1);
    expect(head).toBe(
      'number,at,action,actor_type,actor_id,actor_name,target_type,target_id,address,user_agent,request_id,data,id,chain,previous_hash,hash',
    );
    expect(rows.length).toBeGreaterThan(hostile.length);
    const names = rows.map((row) => row.split(',')[5]);
    expect(names).toEqual(expect.arrayContaining(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "' =cmd"]));
    expect(text).toContain('"""quoted"", and more"');
    for (const cell of text.split(/,|\r\n/)) {
      expect(cell).not.toMatch(/^[=+@\t-]/);
    }
  });

  test('takes the filters of the list, and writes more than a page', async () => {
    const { text } = await get(`?format=csv&targetId=${auditor.key.id}&action=key.created`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(2);
    expect((await get('?format=csv&to=2000-01-01T00:00:00Z')).text.split('\r\n')).toHaveLength(2);
    const many = await makeTenant(keyward);
    await tamper(
      sql,
      (transaction) => transaction`insert into audit_events
        select 'evt_' || lpad(n::text, 26, '0'), ${many.id}, n + 2, now(),
          '{"type":"system","id":null,"name":"test"}', 'organization.updated', 'organization',
          ${many.id}, '{}', null, null, 'req_none', '', ''
        from generate_series(1, 1200) as n`,
    );
    await tamper(
      sql,
      (transaction) => transaction`update audit_heads set number = 1202
      where chain = ${many.id}`,
    );
    const reader = await makeKey(keyward, {
      organizationId: many.id,
      permissions: ['auditLog:read'],
    });
    const lines = linesOf((await get('?format=ndjson', reader.secret)).text);
    expect(lines.map(({ number }) => number)).toEqual(
      Array.from({ length: 1203 }, (_, index) => 1203 - index),
    );
  });

  test.each([
    '',
    '?format=xml',
    '?format=csv&limit=5',
    '?format=csv&cursor=5',
    '?format=csv&action=x',
    '?format=csv&actorId=%00',
    '?format=csv&targetId=%ED%A0%80',
  ])('refuses %s and records nothing', async (query) => {
    const count = () => sql`select count(*)::int from audit_events`;
    const before = await count();
    expectProblem(await get(query), 400, 'invalid_request');
    expect(await count()).toEqual(before);
  });

  test('needs auditLog:read, and knows its own organization alone', async () => {
    const { secret } = await makeKey(keyward, {
      organizationId: ours.id,
      permissions: builtInPermissions.filter((one) => one !== 'auditLog:read'),
    });
    expectProblem(await get('?format=csv', secret), 403, 'insufficient_permissions');
    const theirs = await makeTenant(keyward);
    expect((await get('?format=ndjson')).text).not.toContain(theirs.id);
  });
});

/** A download as a browser makes it: by a link, with the cookie. */
function download(path: string, cookies: string, headers: Record<string, string> = {}) {
  return fetch(`${keyward.url}${path}`, {
    headers: { Cookie: cookies, 'Sec-Fetch-Site': 'same-origin', ...headers },
  });
}

describe('a download of the console', () => {
  const start = () => owner.within(ours.id).audit.export.mutate({ format: 'csv', action: 'key.' });

  test('is fetched by the cookie of whoever started it, as what they asked for', async () => {
    const { path } = await start();
    const answer = await download(path, owner.cookies());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-org_/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const text = await answer.text();
    expect(text.split('\r\n').length).toBeGreaterThan(5);
    expect(text).toContain('key.created');
    expect(text).not.toContain('organization.created');
    // Browsers that do not say whence a link came are held by what it has to know.
    expect(
      (await fetch(`${keyward.url}${path}`, { headers: { Cookie: owner.cookies() } })).status,
    ).toBe(200);
  });

  test('19: is refused from another site, to a stranger and to somebody else', async () => {
    const { path } = await start();
    for (const site of ['cross-site', 'same-site']) {
      const answer = await download(path, owner.cookies(), { 'Sec-Fetch-Site': site });
      expect(answer.status).toBe(403);
    }
    expect((await download(path, '')).status).toBe(401);
    const admin = await signInMember(keyward, { organizationId: ours.id, role: 'admin' });
    const answer = await download(path, admin.cookies());
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([404, null]);
  });

  test('ends after a minute, and with the right to read', async () => {
    const admin = await signInMember(keyward, { organizationId: ours.id, role: 'admin' });
    const within = admin.within(ours.id);
    const first = await within.audit.export.mutate({ format: 'ndjson' });
    const second = await within.audit.export.mutate({ format: 'ndjson' });
    const id = first.path.split('/').at(-1) ?? '';
    await tamper(
      sql,
      (transaction) => transaction`update audit_events set at = at - interval '61 seconds'
        where id = ${id}`,
    );
    expect((await download(first.path, admin.cookies())).status).toBe(404);
    expect((await download(second.path, admin.cookies())).status).toBe(200);
    await owner
      .within(ours.id)
      .members.changeRole.mutate({ userId: admin.user.id, role: 'member' });
    expect((await download(second.path, admin.cookies())).status).toBe(403);
    await owner.within(ours.id).members.remove.mutate({ userId: admin.user.id });
    expect((await download(second.path, admin.cookies())).status).toBe(404);
  });

  test('is of an export alone', async () => {
    const [other] = (
      await owner.within(ours.id).audit.list.query({ actorId: owner.user.id, limit: 1 })
    ).data;
    await owner.within(ours.id).organizations.setGuardrails.mutate({ guardrails: {} });
    const [event] = (
      await owner.within(ours.id).audit.list.query({ action: 'organization.guardrails_changed' })
    ).data;
    expect(other).toBeDefined();
    for (const id of [event?.id, 'evt_nonsense', 'x']) {
      const answer = await download(`/downloads/audit-events/${id}`, owner.cookies());
      expect(answer.status).toBe(404);
    }
  });

  test('a key exports by REST', async () => {
    const bot = botClient(keyward.url, auditor.secret);
    await expect(bot.audit.export.mutate({ format: 'csv' })).rejects.toMatchObject({
      data: { keyward: { code: 'insufficient_permissions' } },
    });
  });
});

describe('the log of accounts and services', () => {
  test('is for operators: read, verified and exported', async () => {
    const operator = consoleClient(keyward.url);
    const { email, userId } = keyward.bootstrap;
    await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
    const { instance } = operator.trpc.audit;
    const page = await instance.list.query({ action: 'account.signed_in', actorId: userId });
    expect(page.data[0]).toMatchObject({ actor: { type: 'user', id: userId } });
    expect(page.names[userId]).toBe('Olga Operator');
    expect((await instance.verify.mutate()).broken).toBeNull();
    const { path } = await instance.export.mutate({ format: 'ndjson' });
    const lines = linesOf(await (await download(path, operator.cookies())).text());
    expect(lines.every(({ chain }) => chain === 'instance')).toBe(true);
    expect((await instance.list.query({ limit: 1 })).data[0]).toMatchObject({
      action: 'audit.exported',
      actor: { type: 'operator', id: userId },
    });
  });

  test('and for nobody else', async () => {
    const refused = { data: { keyward: { code: 'insufficient_permissions' } } };
    const { instance } = owner.trpc.audit;
    await expect(instance.list.query({})).rejects.toMatchObject(refused);
    await expect(instance.verify.mutate()).rejects.toMatchObject(refused);
    await expect(instance.export.mutate({ format: 'csv' })).rejects.toMatchObject(refused);
    const bot = botClient(keyward.url, auditor.secret);
    await expect(bot.audit.instance.list.query({})).rejects.toMatchObject(refused);
  });
});

test('what targets are called is told of the organization’s own alone', async () => {
  const theirs = await makeTenant(keyward);
  const { requestId } = keyward.context;
  await tamper(
    sql,
    (
      transaction,
    ) => transaction`insert into audit_events select 'evt_' || ${'f'.repeat(26)}, ${ours.id},
      100000, now(), '{"type":"system","id":null,"name":"test"}', 'key.updated', 'key',
      ${theirs.manager.key.id}, '{}', null, null, ${requestId}, '', ''`,
  );
  const { names } = await owner
    .within(ours.id)
    .audit.list.query({ targetId: [theirs.manager.key.id, auditor.key.id] });
  expect(names).toEqual({ [auditor.key.id]: auditor.key.name });
});
