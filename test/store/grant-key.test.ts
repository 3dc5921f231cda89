import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import type { Permission } from '@keyward/shared/permissions';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';

let store: TestStore;
let acme: TestOrganization;
let analytics: string;
let contracts: string;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  analytics = await store.service(servicePresets.analytics);
  contracts = await store.service(servicePresets.contracts);
});
afterAll(() => store[Symbol.asyncDispose]());

type Input = Parameters<typeof keyInput>[0];
const create = (context: OrganizationContext, input: Input) => createKey(context, keyInput(input));
const refusal = (context: OrganizationContext, input: Input) => refusalOf(create(context, input));
const forbidden = { code: 'insufficient_permissions' };

describe('who makes which kind', () => {
  test('a member makes user keys, and no bot key', async () => {
    await create(acme.member, { kind: 'user', service: analytics });
    expect(await refusal(acme.member, { kind: 'bot', service: analytics })).toMatchObject(
      forbidden,
    );
  });

  test('owners, admins, operators and the system make bot keys', async () => {
    for (const context of [acme.owner, acme.admin, acme.operator, acme.system]) {
      const { key } = await create(context, { kind: 'bot', service: analytics });
      expect(key).toMatchObject({ kind: 'bot', user: null });
    }
  });

  test('who is no member, a key and the system make no user key', async () => {
    const bot = await acme.bot(['apiKeys:create']);
    const operatorKey = await acme.bot(['apiKeys:create'], { allOrganizations: true });
    for (const context of [acme.operator, acme.system, bot, operatorKey]) {
      expect(await refusal(context, { kind: 'user', service: analytics })).toMatchObject(forbidden);
    }
  });

  test('a key without apiKeys:create makes none', async () => {
    const bot = await acme.bot(['apiKeys:read', 'apiKeys:update', 'apiKeys:verify']);
    expect(await refusal(bot, { service: analytics })).toMatchObject(forbidden);
  });
});

describe('nobody grants what it does not hold', () => {
  const adminOnly: Permission[] = ['apiKeys:read', 'apiKeys:*', 'webhooks:create', 'auditLog:read'];

  test('a member grants everything of the service and usage:read, and nothing admin-only', async () => {
    const permissions: Permission[] = ['sites:*', 'stats:read', 'usage:read'];
    const { key } = await create(acme.member, { kind: 'user', service: analytics, permissions });
    expect(key.permissions).toEqual(permissions);
    for (const one of adminOnly) {
      const asked = { kind: 'user' as const, service: analytics, permissions: ['sites:read', one] };
      expect(await refusal(acme.member, asked as Input), one).toMatchObject(forbidden);
    }
  });

  test('owners and admins grant admin-only permissions', async () => {
    for (const context of [acme.owner, acme.admin]) {
      const { key } = await create(context, { service: analytics, permissions: adminOnly });
      expect(key.permissions).toEqual(adminOnly);
    }
  });

  test('a bot key grants what it holds in its own service, and nothing beyond', async () => {
    const bot = await acme.bot(['apiKeys:create', 'sites:read', 'goals:*'], { service: analytics });
    const held: Permission[] = ['sites:read', 'goals:write', 'goals:*', 'apiKeys:create'];
    const { key } = await create(bot, { service: analytics, permissions: held });
    expect(key.createdBy).toEqual({ type: 'key', id: bot.actor.keyId, name: bot.actor.name });
    const beyond: Permission[] = [
      'sites:create',
      'sites:*',
      'stats:read',
      'apiKeys:read',
      'apiKeys:*',
    ];
    for (const one of beyond) {
      const asked = { service: analytics, permissions: ['sites:read', one] } as Input;
      expect(await refusal(bot, asked), one).toMatchObject(forbidden);
    }
  });

  test('a permission of one service is not the permission of the same name in another', async () => {
    const sameNames = await store.service(servicePresets.analytics);
    const bot = await acme.bot(['apiKeys:create', 'sites:read'], { service: analytics });
    const asked: Input = { service: sameNames, permissions: ['sites:read'] };
    expect(await refusal(bot, asked)).toMatchObject(forbidden);
    const { key } = await create(bot, { service: sameNames, permissions: ['apiKeys:create'] });
    expect(key.permissions).toEqual(['apiKeys:create']);
  });

  test('an operator’s key grants everything, in every service and organization', async () => {
    const operatorKey = await acme.bot(['apiKeys:create'], { allOrganizations: true });
    const { id } = await store.organization();
    const permissions: Permission[] = ['contracts:*', 'apiKeys:*', 'members:delete'];
    const elsewhere = { ...operatorKey, organizationId: id };
    const { key } = await create(elsewhere, { service: contracts, permissions });
    expect(key.permissions).toEqual(permissions);
    const [row] = await store.sql`select organization_id, all_organizations from keys
      where id = ${key.id}`;
    expect(row).toEqual({ organization_id: id, all_organizations: false });
  });
});

describe('a limit above the tier’s', () => {
  const above = [
    { limit: 1001, windowSeconds: 3600 },
    { limit: 1000, windowSeconds: 3599 },
    { limit: 1, windowSeconds: 1 },
    null,
  ];

  test('is refused at its path to admins and keys', async () => {
    const bot = await acme.bot(['apiKeys:create'], { service: contracts });
    for (const context of [acme.owner, acme.admin, bot]) {
      for (const rateLimit of above) {
        const { code, issues } = await refusal(context, { service: contracts, rateLimit });
        expect(code).toBe('invalid_request');
        expect(issues.map((issue) => issue.path)).toEqual(['rateLimit']);
      }
    }
  });

  test('is refused where a longer window would let more through in one of the tier’s', async () => {
    const rateLimit = { limit: 24_000, windowSeconds: 86_400 };
    const { code } = await refusal(acme.admin, { service: contracts, rateLimit });
    expect(code).toBe('invalid_request');
  });

  test('is an operator’s to give', async () => {
    const operatorKey = await acme.bot(['apiKeys:create'], { allOrganizations: true });
    for (const context of [acme.operator, operatorKey, acme.system]) {
      for (const rateLimit of above) {
        const { key } = await create(context, { service: contracts, rateLimit });
        expect(key.rateLimit).toEqual(rateLimit);
      }
    }
  });

  test('is anybody’s where the tier has none, and below it anybody may go', async () => {
    const rateLimit = { limit: 1_000_000, windowSeconds: 1 };
    const free = await create(acme.admin, { service: contracts, tier: 'internal', rateLimit });
    expect(free.key.rateLimit).toEqual(rateLimit);
    const lower = { limit: 10, windowSeconds: 60 };
    const limited = await create(acme.admin, { service: contracts, rateLimit: lower });
    expect(limited.key.rateLimit).toEqual(lower);
    const tiers = await create(acme.admin, { service: contracts });
    expect(tiers.key.rateLimit).toEqual({ limit: 1000, windowSeconds: 3600 });
  });
});
