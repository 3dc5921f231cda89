import { createHash } from 'node:crypto';
import { openSessions, type Sessions } from '@keyward/server/accounts/sessions';
import { signOut } from '@keyward/server/accounts/sign-out';
import type { UserActor } from '@keyward/server/context';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, type TestStore } from '../support/test-store.ts';

let store: TestStore;
let sessions: Sessions;
beforeAll(async () => {
  store = await createTestStore();
  sessions = openSessions(store.database, false);
});
afterAll(() => store[Symbol.asyncDispose]());

interface Started {
  user: UserActor;
  /** As a browser sends it back. */
  cookies: string;
  id: string;
}

async function start(): Promise<Started> {
  // Of this session, `session` tells; the rest is the same in each.
  const { session: _, ...user } = await store.user();
  const [cookies = ''] = (await sessions.start(user.userId)).split(';');
  return { user, cookies, id: cookies.slice(cookies.indexOf('=') + 1) };
}

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex');
const move = ({ id }: Started, column: 'created_at' | 'expires_at', interval: string) =>
  store.sql`update sessions set ${store.sql(column)} = now() + ${interval}::interval
    where id_hash = ${hashOf(id)}`;

async function countSessions({ userId }: UserActor): Promise<number> {
  return (await store.sql`select from sessions where user_id = ${userId}`).length;
}

describe('a session', () => {
  test('is found again by its cookie, with its user', async () => {
    const started = await start();
    expect(await sessions.find(started.cookies)).toMatchObject({
      actor: started.user,
      cookie: null,
    });
    const among = await sessions.find(`theme=dark; ${started.cookies}; other=1`);
    expect(among?.actor).toMatchObject(started.user);
  });

  test('rests in the database by the SHA-256 of its id alone', async () => {
    const { id, user } = await start();
    expect(id.length).toBeGreaterThanOrEqual(32);
    const rows = await store.sql`select id_hash from sessions where user_id = ${user.userId}`;
    expect(rows.map((row) => row.id_hash)).toEqual([hashOf(id)]);
    expect(await store.tablesHolding(id)).toEqual([]);
  });

  test('is not opened by what rests in the database', async () => {
    const { id } = await start();
    expect(await sessions.find(`keyward_session=${hashOf(id)}`)).toBeNull();
  });

  test('is never one that a client made up', async () => {
    const { user, cookies } = await start();
    for (const made of ['x', '', 'a'.repeat(40), "' or true --", '%00']) {
      expect(await sessions.find(`keyward_session=${made}`)).toBeNull();
    }
    expect(await sessions.find('')).toBeNull();
    expect(await sessions.find(cookies.replace('keyward_session', 'other_session'))).toBeNull();
    expect(await countSessions(user)).toBe(1);
  });

  test('is another at each start, and each ends alone', async () => {
    const { user, cookies } = await start();
    const [second = ''] = (await sessions.start(user.userId)).split(';');
    expect(second).not.toBe(cookies);
    await sessions.end(cookies);
    expect(await sessions.find(cookies)).toBeNull();
    expect((await sessions.find(second))?.actor).toMatchObject(user);
  });

  test('says what its user is now, not what they were when it began', async () => {
    const { user, cookies } = await start();
    await store.sql`update users set is_operator = true, name = 'Ada King' where id = ${user.userId}`;
    const found = await sessions.find(cookies);
    expect(found?.actor).toMatchObject({ ...user, isOperator: true, name: 'Ada King' });
  });
});

describe('a session ends', () => {
  test('when it has expired', async () => {
    const started = await start();
    await move(started, 'expires_at', '-1 second');
    expect(await sessions.find(started.cookies)).toBeNull();
  });

  test('30 days after it began, however busy it is', async () => {
    const started = await start();
    await move(started, 'created_at', '-30 days');
    await move(started, 'expires_at', '12 hours');
    expect(await sessions.find(started.cookies)).toBeNull();
  });

  test('not before', async () => {
    const started = await start();
    await move(started, 'created_at', '-29 days');
    expect((await sessions.find(started.cookies))?.actor).toMatchObject(started.user);
  });

  test('at sign-out, which clears the cookie and is recorded', async () => {
    const { user, cookies } = await start();
    const cookie = await signOut(store.system, cookies, false);
    expect(cookie).toMatch(/^keyward_session=;/);
    expect(cookie).toContain('Max-Age=0');
    expect(await sessions.find(cookies)).toBeNull();
    expect(await countSessions(user)).toBe(0);
    const events = await store.sql`select actor ->> 'id' as by from audit_events
      where action = 'account.signed_out' and target_id = ${user.userId}`;
    expect(events.map((row) => row.by)).toEqual([user.userId]);
  });

  test('once: signing out again, or without a session, changes nothing', async () => {
    const { cookies } = await start();
    await signOut(store.system, cookies, false);
    const before = await store.fingerprint();
    await signOut(store.system, cookies, false);
    await signOut(store.system, '', false);
    expect(await store.fingerprint()).toEqual(before);
  });

  test('with its user', async () => {
    const { user, cookies } = await start();
    await store.sql`delete from users where id = ${user.userId}`;
    expect(await sessions.find(cookies)).toBeNull();
  });
});

describe('use', () => {
  test('extends a session of which half has gone, and sends its cookie again', async () => {
    const started = await start();
    await move(started, 'expires_at', '5 hours');
    const found = await sessions.find(started.cookies);
    expect(found?.cookie?.startsWith(`${started.cookies};`)).toBe(true);
    const [row] = await store.sql`select expires_at > now() + interval '11 hours' as is_extended
      from sessions where id_hash = ${hashOf(started.id)}`;
    expect(row?.is_extended).toBe(true);
  });
});

describe('the cookie', () => {
  const attributesOf = async (secure: boolean) => {
    const { userId } = await store.user();
    const cookie = await openSessions(store.database, secure).start(userId);
    const [pair = '', ...attributes] = cookie.split('; ');
    return { name: pair.split('=')[0], attributes };
  };

  test('is for this site’s own pages and out of reach of scripts', async () => {
    const { name, attributes } = await attributesOf(false);
    expect(name).toBe('keyward_session');
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
    expect(attributes).not.toContain('Secure');
  });

  test('is pinned to the host and to https where the console is served on https', async () => {
    const { name, attributes } = await attributesOf(true);
    expect(name).toBe('__Host-keyward_session');
    expect(attributes).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'Path=/']));
    expect(attributes.some((one) => one.startsWith('Domain'))).toBe(false);
  });

  test('of http does not open a session on https', async () => {
    const { cookies } = await start();
    expect(await openSessions(store.database, true).find(cookies)).toBeNull();
  });
});
