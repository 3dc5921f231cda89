import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import { getKey } from '@keyward/server/keys/get-key';
import { listKeys } from '@keyward/server/keys/list-keys';
import { listKeysInput } from '@keyward/shared/keys';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { refusalOf } from '../support/refusal.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let analytics: string;
let contracts: string;
beforeAll(async () => {
  store = await createTestStore();
  analytics = await store.service(servicePresets.analytics);
  contracts = await store.service(servicePresets.contracts);
});
afterAll(() => store[Symbol.asyncDispose]());

type Input = Parameters<typeof keyInput>[0];
async function make(context: OrganizationContext, input: Partial<Input> = {}): Promise<string> {
  const { key } = await createKey(context, keyInput({ service: analytics, ...input }));
  return key.id;
}

const list = (context: OrganizationContext, query: z.input<typeof listKeysInput> = {}) =>
  listKeys(context, listKeysInput.parse(query));

async function idsOf(context: OrganizationContext, query: z.input<typeof listKeysInput> = {}) {
  return (await list(context, query)).data.map((key) => key.id);
}

/** Every page in turn; `between` runs after each. */
async function readAll(context: OrganizationContext, limit: number, between = async () => {}) {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page = await list(context, { limit, ...(cursor === null ? {} : { cursor }) });
    pages.push(page.data.map((key) => key.id));
    cursor = page.nextCursor;
    await between();
  } while (cursor !== null);
  return pages;
}

async function makeSeveral(context: OrganizationContext, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await make(context));
  }
  return ids;
}

describe('paging', () => {
  test('yields every key once, newest first, while new ones are made in between', async () => {
    const { admin } = await store.organization();
    const ids = await makeSeveral(admin, 23);
    const pages = await readAll(admin, 5, async () => {
      await make(admin);
    });
    expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
    expect(pages.flat()).toEqual(ids.reverse());
  });

  test('ends without an empty page where the last one is full', async () => {
    const { admin } = await store.organization();
    const ids = await makeSeveral(admin, 4);
    expect(await readAll(admin, 2)).toEqual([ids.slice(2).reverse(), ids.slice(0, 2).reverse()]);
    expect(await readAll(admin, 4)).toHaveLength(1);
  });

  test('of an organization without keys is one empty page', async () => {
    const { admin } = await store.organization();
    expect(await list(admin)).toEqual({ data: [], nextCursor: null });
  });

  test.each([
    'x',
    'key_',
    'org_01jd0000000000000000000000',
    "key_' or 1=1",
    'key_01JD00000000000000000000',
  ])('refuses the cursor %j at its path', async (cursor) => {
    const { admin } = await store.organization();
    const { code, issues } = await refusalOf(list(admin, { cursor }));
    expect(code).toBe('invalid_request');
    expect(issues.map((issue) => issue.path)).toEqual(['cursor']);
  });

  test('by the id of another organization’s key shows one’s own keys alone', async () => {
    const [acme, other] = [await store.organization(), await store.organization()];
    const [mine, cursor] = [await make(acme.admin), await make(other.admin)];
    expect(await idsOf(acme.admin, { cursor })).toEqual([mine]);
  });
});

describe('a filter', () => {
  let acme: TestOrganization;
  let ids: Record<'plain' | 'suspended' | 'expired' | 'revoked' | 'user' | 'test' | 'busy', string>;
  beforeAll(async () => {
    acme = await store.organization();
    ids = {
      plain: await make(acme.admin, { externalId: 'customer-7' }),
      suspended: await make(acme.admin),
      expired: await make(acme.admin),
      revoked: await make(acme.admin),
      user: await make(acme.member, { kind: 'user' }),
      test: await make(acme.admin, { service: contracts, environment: 'test' }),
      busy: await make(acme.admin),
    };
    const { sql } = store;
    await sql`update keys set suspended_at = now() where id = ${ids.suspended}`;
    await sql`update keys set expires_at = now() - interval '1 second', suspended_at = now() where id = ${ids.expired}`;
    await sql`update keys set revoked_at = now(), expires_at = now() - interval '1 second' where id = ${ids.revoked}`;
    await sql`update keys set created_at = now() - interval '40 days', last_used_at =
      now() - interval '31 days' where id = ${ids.plain}`;
    await sql`update keys set created_at = now() - interval '40 days' where id = ${ids.suspended}`;
    await sql`update keys set created_at = now() - interval '40 days', last_used_at =
      now() - interval '1 day' where id = ${ids.busy}`;
  });

  test.each([
    { query: { status: 'active' }, names: ['busy', 'test', 'user', 'plain'] },
    { query: { status: 'suspended' }, names: ['suspended'] },
    { query: { status: 'expired' }, names: ['expired'] },
    { query: { status: 'revoked' }, names: ['revoked'] },
    { query: { kind: 'user' }, names: ['user'] },
    { query: { environment: 'test' }, names: ['test'] },
    { query: { externalId: 'customer-7' }, names: ['plain'] },
    { query: { externalId: 'customer' }, names: [] },
    { query: { unusedForDays: 30 }, names: ['suspended', 'plain'] },
    { query: { unusedForDays: 35 }, names: ['suspended'] },
    { query: { kind: 'bot', status: 'active', environment: 'live' }, names: ['busy', 'plain'] },
  ] as const)('by $query', async ({ query, names }) => {
    expect(await idsOf(acme.admin, query)).toEqual(names.map((name) => ids[name]));
    const page = await list(acme.admin, query);
    if ('status' in query) {
      expect(new Set(page.data.map((key) => key.status))).toEqual(new Set([query.status]));
    }
  });

  test('by service, and none by a service that does not exist', async () => {
    expect(await idsOf(acme.admin, { service: contracts })).toEqual([ids.test]);
    expect(await idsOf(acme.admin, { service: 'no-such-service' })).toEqual([]);
  });

  test('and paging go together', async () => {
    const first = await list(acme.admin, { status: 'active', limit: 3 });
    const cursor = first.nextCursor ?? '';
    const second = await list(acme.admin, { status: 'active', limit: 3, cursor });
    const found = [...first.data, ...second.data].map((key) => key.id);
    expect(found).toEqual([ids.busy, ids.test, ids.user, ids.plain]);
    expect(second.nextCursor).toBeNull();
  });
});

describe('a search', () => {
  test('finds names and external ids by a part in any case, and last fours whole', async () => {
    const { admin } = await store.organization();
    const bot = await make(admin, { name: 'Production Telegram bot' });
    const { key } = await createKey(admin, keyInput({ service: analytics, externalId: 'CUST-77' }));
    expect(await idsOf(admin, { q: 'telegram' })).toEqual([bot]);
    expect(await idsOf(admin, { q: 'cust-7' })).toEqual([key.id]);
    expect(await idsOf(admin, { q: key.last4 })).toContain(key.id);
    expect(await idsOf(admin, { q: 'nothing like it' })).toEqual([]);
  });

  test.each(['%', '_', '\\', '100%', 'a_b', 'a\\b', "'", '"; drop table keys; --'])(
    'takes %j as it is written',
    async (q) => {
      const { admin } = await store.organization();
      await make(admin, { name: 'axb 100 per cent' });
      const literal = await make(admin, { name: `before ${q} after` });
      expect(await idsOf(admin, { q })).toEqual([literal]);
    },
  );

  test('does not find a key by the last four of a retired secret', async () => {
    const { admin } = await store.organization();
    const { key } = await createKey(admin, keyInput({ service: analytics }));
    await store.sql`update key_secrets set retired_at = now() where key_id = ${key.id}`;
    expect(await idsOf(admin, { q: key.last4 })).toEqual([]);
  });
});

describe('who sees which keys', () => {
  test('a member their own, an admin all, a key with apiKeys:read all, and nobody another’s', async () => {
    const [acme, other] = [await store.organization(), await store.organization()];
    const mine = await make(acme.member, { kind: 'user' });
    const admins = await make(acme.admin, { kind: 'user' });
    const bot = await make(acme.admin);
    const theirs = await make(other.admin);
    const reader = await acme.bot(['apiKeys:read']);
    const all = [reader.actor.keyId, bot, admins, mine];
    expect(await idsOf(acme.member)).toEqual([mine]);
    expect(await idsOf(acme.member, { kind: 'bot' })).toEqual([]);
    expect(await idsOf(acme.admin)).toEqual(all);
    expect(await idsOf(acme.operator)).toEqual(all);
    expect(await idsOf(reader)).toEqual(all);
    expect(await idsOf(other.admin)).toEqual([theirs]);
  });

  test('a key without apiKeys:read sees none', async () => {
    const bot = await (await store.organization()).bot(['apiKeys:create', 'usage:read']);
    expect((await refusalOf(list(bot))).code).toBe('insufficient_permissions');
    expect((await refusalOf(getKey(bot, bot.actor.keyId))).code).toBe('insufficient_permissions');
  });

  test('one key that an actor may not see is refused exactly as one that does not exist', async () => {
    const [acme, other] = [await store.organization(), await store.organization()];
    const [theirs, admins] = [await make(other.admin), await make(acme.admin)];
    const unknown = await refusalOf(getKey(acme.member, 'key_01jd0000000000000000000000'));
    expect(unknown.code).toBe('not_found');
    expect(await refusalOf(getKey(acme.member, admins))).toEqual(unknown);
    expect(await refusalOf(getKey(acme.member, theirs))).toEqual(unknown);
    expect(await refusalOf(getKey(acme.admin, theirs))).toEqual(unknown);
    expect(await refusalOf(getKey(acme.admin, 'key_\0'))).toEqual(unknown);
  });
});
