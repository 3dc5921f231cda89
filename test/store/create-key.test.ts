import { createHash } from 'node:crypto';
import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import { getKey } from '@keyward/server/keys/get-key';
import { parseSecret } from '@keyward/server/verification/parse-secret';
import { key as keyContract } from '@keyward/shared/keys';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let acme: TestOrganization;
let shortLinks: string;
let contracts: string;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  shortLinks = await store.service(servicePresets['short-links']);
  contracts = await store.service(servicePresets.contracts);
});
afterAll(() => store[Symbol.asyncDispose]());
afterEach(() => {
  vi.useRealTimers();
});

type Input = Parameters<typeof keyInput>[0];
const create = (context: OrganizationContext, input: Input) => createKey(context, keyInput(input));
const refusal = (context: OrganizationContext, input: Input) => refusalOf(create(context, input));

describe('a new key', () => {
  test('is what was asked for, as the contract has it, and is read back the same', async () => {
    const { key, secret } = await create(acme.admin, {
      service: contracts,
      name: 'Production Telegram bot',
      permissions: ['contracts:read', 'embed:use'],
      environment: 'test',
      tier: 'partner',
      rateLimit: { limit: 5, windowSeconds: 60 },
      ipAllowlist: ['203.0.113.0/24', '2001:db8::1'],
      externalId: 'customer-7',
      metadata: { team: { name: 'growth', seats: [1, 2] } },
    });
    expect(keyContract.parse(key)).toEqual(key);
    expect(key).toMatchObject({
      name: 'Production Telegram bot',
      kind: 'bot',
      service: contracts,
      environment: 'test',
      tier: 'partner',
      start: 'heir_pt_',
      last4: secret?.slice(-4),
      status: 'active',
      permissions: ['contracts:read', 'embed:use'],
      rateLimit: { limit: 5, windowSeconds: 60 },
      ipAllowlist: ['203.0.113.0/24', '2001:db8::1'],
      expiresAt: null,
      externalId: 'customer-7',
      metadata: { team: { name: 'growth', seats: [1, 2] } },
      user: null,
      createdBy: { type: 'user', id: acme.admin.actor.userId, name: acme.admin.actor.name },
      revokedAt: null,
      usage: { totalRequests: 0, lastUsedAt: null, lastUsedIp: null },
    });
    expect(key.secrets).toHaveLength(1);
    expect(await getKey(acme.admin, key.id)).toEqual(key);
  });

  test('takes tier, prefix, limit and lifetime from its service where nothing is said', async () => {
    const profile = servicePresets.contracts;
    const service = await store.service({
      ...profile,
      defaults: { ...profile.defaults, tier: 'partner', expiresInSeconds: 3600 },
    });
    const { key } = await create(acme.admin, { service });
    expect(key).toMatchObject({
      environment: 'live',
      tier: 'partner',
      start: 'heir_pt_',
      rateLimit: { limit: 10_000, windowSeconds: 3600 },
      ipAllowlist: [],
      externalId: null,
      metadata: {},
    });
    expect(secondsToExpiry(key)).toBeCloseTo(3600, 2);
    const forever = await create(acme.admin, { service, expiresAt: null });
    expect(forever.key.expiresAt).toBeNull();
  });

  test('that is a user’s belongs to the member who made it', async () => {
    const { userId, email, name } = acme.member.actor;
    const { key } = await create(acme.member, { kind: 'user', service: shortLinks });
    expect(key).toMatchObject({ kind: 'user', user: { id: userId, email, name } });
  });

  test('leaves its secret’s SHA-256 in the database, and the secret nowhere', async () => {
    const { key, secret } = await create(acme.admin, { service: shortLinks });
    const plaintext = secret ?? '';
    expect(plaintext).toMatch(/^h0p_[0-9A-Za-z]{38}$/);
    const rows = await store.sql<{ hash: string }[]>`
      select encode(secret_hash, 'hex') as hash from key_secrets where key_id = ${key.id}`;
    const sha256 = createHash('sha256').update(plaintext).digest('hex');
    expect(rows.map((row) => row.hash)).toEqual([sha256]);
    expect(parseSecret(plaintext)?.toString('hex')).toBe(sha256);
    expect(await store.tablesHolding(plaintext)).toEqual([]);
    expect(await store.tablesHolding(plaintext.slice(4, 20))).toEqual([]);
    expect(await store.tablesHolding(Buffer.from(plaintext).toString('hex'))).toEqual([]);
    expect(await store.tablesHolding(key.name)).toEqual(['audit_events', 'keys']);
  });
});

describe('what the service does not offer is refused at its path', () => {
  test.each<[string, Omit<Input, 'service'>, string]>([
    ['a tier', { tier: 'gold' }, 'tier'],
    ['a permission', { permissions: ['shortLinks:read', 'loops:read'] }, 'permissions'],
    ['an action', { permissions: ['stats:delete'] }, 'permissions'],
    ['a wildcard', { permissions: ['loops:*'] }, 'permissions'],
  ])('%s', async (_, input, path) => {
    const { code, issues } = await refusal(acme.admin, { service: shortLinks, ...input });
    expect(code).toBe('invalid_request');
    expect(issues.map((issue) => issue.path)).toEqual([path]);
  });

  test('a kind, and an environment without a prefix', async () => {
    const botsOnly = await store.service({ ...servicePresets.analytics, kinds: ['bot'] });
    const byKind = await refusal(acme.member, { kind: 'user', service: botsOnly });
    expect(byKind).toMatchObject({ code: 'invalid_request', issues: [{ path: 'kind' }] });
    const byPlace = await refusal(acme.admin, { service: botsOnly, environment: 'test' });
    expect(byPlace).toMatchObject({ code: 'invalid_request', issues: [{ path: 'environment' }] });
  });

  test('a service that does not exist, or is disabled', async () => {
    const unknown = await refusal(acme.admin, { service: 'no-such-service' });
    expect(unknown).toMatchObject({ code: 'invalid_request', issues: [{ path: 'service' }] });
    const closed = await store.service(servicePresets.merchant);
    await store.sql`update services set disabled_at = now() where slug = ${closed}`;
    const disabled = await refusal(acme.admin, { service: closed });
    expect(disabled).toMatchObject({ code: 'invalid_request', issues: [{ path: 'service' }] });
  });
});

describe('when a key expires', () => {
  const dayMilliseconds = 86_400_000;
  const fromNow = async (interval: string) => {
    const [row] = await store.sql<{ at: Date }[]>`
      select date_trunc('milliseconds', now() + ${interval}::interval) as at`;
    return row?.at.toISOString() ?? '';
  };

  test('is the moment that was named, in whatever offset', async () => {
    const expiresAt = '2099-01-31T02:00:00.123+02:00';
    const { key } = await create(acme.admin, { service: shortLinks, expiresAt });
    expect(key.expiresAt).toBe('2099-01-31T00:00:00.123Z');
  });

  test('is counted from its making', async () => {
    const { key } = await create(acme.admin, { service: shortLinks, expiresInSeconds: 90 });
    expect(secondsToExpiry(key)).toBeCloseTo(90, 2);
  });

  test('lies in the future: a moment that has passed is refused', async () => {
    const expiresAt = await fromNow('-1 second');
    const past = await refusal(acme.admin, { service: shortLinks, expiresAt });
    expect(past).toMatchObject({ code: 'invalid_request', issues: [{ path: 'expiresAt' }] });
  });

  test.each([2, -2])(
    'is told by the database’s clock, on a node that is %d days off',
    async (days) => {
      const [tomorrow, yesterday] = [await fromNow('1 day'), await fromNow('-1 day')];
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * dayMilliseconds });
      const { key } = await create(acme.admin, { service: shortLinks, expiresInSeconds: 60 });
      expect(secondsToExpiry(key)).toBeCloseTo(60, 2);
      const absolute = await create(acme.admin, { service: shortLinks, expiresAt: tomorrow });
      expect(absolute.key).toMatchObject({ expiresAt: tomorrow, status: 'active' });
      const past = await refusal(acme.admin, { service: shortLinks, expiresAt: yesterday });
      expect(past.issues).toMatchObject([{ path: 'expiresAt' }]);
      const [row] = await store.sql<{ drift: number }[]>`
      select abs(extract(epoch from now() - created_at))::int as drift from keys where id = ${key.id}`;
      expect(row?.drift).toBeLessThan(60);
    },
  );
});

/** To the millisecond: PostgreSQL rounds the moment of creation to it, and JavaScript cuts it off. */
function secondsToExpiry({
  createdAt,
  expiresAt,
}: {
  createdAt: string;
  expiresAt: string | null;
}) {
  return (Date.parse(expiresAt ?? '') - Date.parse(createdAt)) / 1000;
}
