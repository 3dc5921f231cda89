import { createKey } from '@keyward/server/keys/create-key';
import { mintSecret } from '@keyward/server/keys/mint-secret';
import {
  startUsageRecorder,
  type UsageRecorder,
} from '@keyward/server/verification/usage/usage-recorder';
import {
  explainVerification,
  type VerificationRequest,
  type Verifier,
  verifyKey,
} from '@keyward/server/verification/verify-key';
import type { Permission } from '@keyward/shared/permissions';
import { servicePresets } from '@keyward/shared/service-presets';
import { gateNames } from '@keyward/shared/verification';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leaselessVerifier } from '../support/leaseless-verifier.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let usage: UsageRecorder;
let verifier: Verifier;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  usage = startUsageRecorder(store.database, (error) => {
    throw error;
  });
  verifier = leaselessVerifier(store.database, usage);
  service = await store.service(servicePresets['review-loops']);
});
afterAll(async () => {
  await usage.stop();
  await store[Symbol.asyncDispose]();
});

interface TestKey {
  id: string;
  secret: string;
  acme: TestOrganization;
}

type Input = Partial<Parameters<typeof keyInput>[0]>;

/** A key in an organization of its own, with a limit of 100 an hour. */
async function makeKey(input: Input = {}): Promise<TestKey> {
  const acme = await store.organization();
  const { key, secret } = await createKey(
    acme.admin,
    keyInput({ service, permissions: ['loops:read'], ...input }),
  );
  return { id: key.id, secret: secret ?? '', acme };
}

function request(key: TestKey, changes: Partial<VerificationRequest> = {}): VerificationRequest {
  return {
    plaintextSecret: key.secret,
    asker: { organizationId: key.acme.id, allOrganizations: false },
    service: null,
    address: '203.0.113.9',
    permissions: [],
    cost: 1,
    ...changes,
  };
}

const verify = (key: TestKey, changes?: Partial<VerificationRequest>) =>
  verifyKey(verifier, request(key, changes));

/** What rests of a key’s verifications: how much of its window is used, and its counts. */
async function traces({ id }: TestKey) {
  await usage.flush();
  const windows = await store.sql<{ used: number }[]>`
    select used::int from rate_windows where key_id = ${id}`;
  const counts = await store.sql<{ outcome: string; count: number }[]>`
    select outcome, sum(count)::int as count from key_usage where key_id = ${id} group by outcome`;
  return {
    used: windows[0]?.used ?? null,
    counts: Object.fromEntries(counts.map((row) => [row.outcome, row.count])),
  };
}

describe('a good key', () => {
  test('is VALID with its facts, consumes one of its limit, and is counted', async () => {
    const key = await makeKey({ externalId: 'customer-7', metadata: { plan: 'pro' } });
    const verdict = await verify(key, { permissions: ['loops:read'], service });
    expect(verdict).toMatchObject({
      outcome: 'VALID',
      facts: {
        id: key.id,
        kind: 'bot',
        externalId: 'customer-7',
        metadata: { plan: 'pro' },
        organization: { id: key.acme.id, slug: key.acme.slug },
        service: { slug: service },
        owner: null,
      },
      rateLimit: { limit: 100, windowSeconds: 3600, remaining: 99 },
    });
    expect(await traces(key)).toEqual({ used: 1, counts: { VALID: 1 } });
  });

  test('of a member says whose it is', async () => {
    const acme = await store.organization();
    const { secret } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
    const { facts } = await verify({ id: '', secret: secret ?? '', acme });
    const { userId, email, name } = acme.member.actor;
    expect(facts?.owner).toEqual({ id: userId, email, name, role: 'member' });
  });

  test('without a limit has none to consume', async () => {
    const unlimited = await store.service(servicePresets.merchant);
    const key = await makeKey({ service: unlimited, permissions: [] });
    expect(await verify(key, { cost: 1_000_000 })).toMatchObject({
      outcome: 'VALID',
      rateLimit: null,
    });
    expect((await traces(key)).used).toBeNull();
  });
});

interface Refused {
  outcome: string;
  /** What happens to the key before it is presented. */
  move?: (key: TestKey) => Promise<unknown>;
  input?: Input;
  asked?: Partial<VerificationRequest>;
}

const refused: Refused[] = [
  {
    outcome: 'REVOKED',
    move: ({ id }) => store.sql`update keys set revoked_at = now() where id = ${id}`,
  },
  {
    outcome: 'RETIRED',
    move: ({ id }) =>
      store.sql`update key_secrets set retires_at = now() - interval '1 second' where key_id = ${id}`,
  },
  {
    outcome: 'EXPIRED',
    move: ({ id }) =>
      store.sql`update keys set expires_at = now() - interval '1 second' where id = ${id}`,
  },
  {
    outcome: 'SUSPENDED',
    move: ({ id }) => store.sql`update keys set suspended_at = now() where id = ${id}`,
  },
  {
    outcome: 'ORGANIZATION_SUSPENDED',
    move: ({ acme }) =>
      store.sql`update organizations set status = 'suspended' where id = ${acme.id}`,
  },
  {
    outcome: 'SERVICE_DISABLED',
    move: async ({ id }) => {
      const closed = await store.service(servicePresets['review-loops']);
      await store.sql`update keys set service_id = (select id from services where slug = ${closed})
        where id = ${id}`;
      await store.sql`update services set disabled_at = now() where slug = ${closed}`;
    },
  },
  { outcome: 'WRONG_SERVICE', asked: { service: 'short-links' } },
  { outcome: 'IP_NOT_ALLOWED', input: { ipAllowlist: ['198.51.100.0/24'] } },
  {
    outcome: 'INSUFFICIENT_PERMISSIONS',
    asked: { permissions: ['loops:read', 'loops:write'] as Permission[] },
  },
  {
    outcome: 'RATE_LIMITED',
    move: ({ id }) => store.sql`insert into rate_windows (key_id, window_seconds, ends_at, used)
      values (${id}, 3600, now() + interval '1 hour', 100)`,
  },
];

describe('a refused key', () => {
  test.each(refused)('is $outcome, is counted as that, and consumes nothing', async (row) => {
    const key = await makeKey(row.input);
    await row.move?.(key);
    const before = await traces(key);
    const verdict = await verify(key, row.asked);
    expect(verdict.outcome).toBe(row.outcome);
    expect(verdict.facts?.id).toBe(key.id);
    expect(await traces(key)).toEqual({ used: before.used, counts: { [row.outcome]: 1 } });
  });

  test.each(refused)('is $outcome in explain too, which shows every gate', async (row) => {
    const key = await makeKey(row.input);
    await row.move?.(key);
    const verdict = await explainVerification(store, request(key, row.asked));
    expect(verdict.outcome).toBe(row.outcome);
    expect(verdict.gates.map((gate) => gate.gate)).toEqual([...gateNames]);
    expect(verdict.gates.filter((gate) => !gate.passed)).toHaveLength(1);
  });

  test('of a member who left is REVOKED, of a demoted one without admin-only permissions', async () => {
    const acme = await store.organization();
    const made = await createKey(
      acme.admin,
      keyInput({ service, kind: 'user', permissions: ['apiKeys:read', 'loops:read'] }),
    );
    const key = { id: made.key.id, secret: made.secret ?? '', acme };
    const { userId } = acme.admin.actor;
    expect((await verify(key, { permissions: ['apiKeys:read'] })).outcome).toBe('VALID');
    await store.sql`update memberships set role = 'member' where user_id = ${userId}`;
    expect((await verify(key, { permissions: ['apiKeys:read'] })).outcome).toBe(
      'INSUFFICIENT_PERMISSIONS',
    );
    expect((await verify(key, { permissions: ['loops:read'] })).outcome).toBe('VALID');
    await store.sql`delete from memberships where user_id = ${userId}`;
    expect((await verify(key)).outcome).toBe('REVOKED');
  });
});

describe('a key that the asker may not learn of', () => {
  const nothing = { outcome: 'NOT_FOUND', facts: null, rateLimit: null };

  test('is NOT_FOUND as an unknown one: the same answer, no count, nothing consumed', async () => {
    const key = await makeKey();
    const asker = { organizationId: (await store.organization()).id, allOrganizations: false };
    expect(await verify(key, { asker })).toEqual(nothing);
    for (const unknown of [mintSecret('hitl_').plaintextSecret, 'noise', '', `${key.secret}x`]) {
      expect(await verify(key, { plaintextSecret: unknown })).toEqual(nothing);
    }
    expect(await traces(key)).toEqual({ used: null, counts: {} });
    const explained = await explainVerification(store, request(key, { asker }));
    const noise = await explainVerification(store, request(key, { plaintextSecret: 'noise' }));
    expect(explained).toEqual(noise);
  });

  test('is found by an operator’s verifier', async () => {
    const key = await makeKey();
    const asker = { organizationId: (await store.organization()).id, allOrganizations: true };
    expect((await verify(key, { asker })).outcome).toBe('VALID');
  });
});
