import { createHash } from 'node:crypto';
import { createAccount } from '@keyward/server/accounts/create-account';
import { hashAuditEvent } from '@keyward/server/audit/record-audit-event';
import { createKey } from '@keyward/server/keys/create-key';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { createOrganization } from '@keyward/server/organizations/create-organization';
import { putService } from '@keyward/server/services/put-service';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tamper } from '../support/tamper.ts';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

interface StoredEvent {
  event: {
    id: string;
    chain: string;
    number: number;
    at: Date;
    actor: { type: string; id: string | null; name: string };
    action: string;
    targetType: string;
    targetId: string;
    data: Record<string, unknown>;
    address: string | null;
    userAgent: string | null;
    requestId: string;
    previousHash: string;
  };
  hash: string;
}

/** A chain as it rests in the database, in its order. */
async function readChain(chain: string): Promise<StoredEvent[]> {
  const rows = await store.sql<(StoredEvent['event'] & { number: string; hash: string })[]>`
    select id, chain, number, at, actor, action, target_type as "targetType",
      target_id as "targetId", data, address, user_agent as "userAgent",
      request_id as "requestId", previous_hash as "previousHash", hash
    from audit_events where chain = ${chain} order by number`;
  return rows.map(({ hash, ...event }) => ({
    event: { ...event, number: Number(event.number) },
    hash,
  }));
}

/** The hash as its docstring defines it, written a second time. */
function hashAnew(event: StoredEvent['event']): string {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(sort);
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value)
          .map(([name, inner]) => [name, sort(inner)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
    }
    return value;
  };
  const canonical = JSON.stringify(sort(JSON.parse(JSON.stringify(event))));
  return createHash('sha256').update(canonical).digest('hex');
}

function expectSoundChain(stored: StoredEvent[]): void {
  expect(stored.map(({ event }) => event.number)).toEqual(stored.map((_, index) => index + 1));
  let previous = '';
  for (const { event, hash } of stored) {
    expect(event.previousHash).toBe(previous);
    expect(hashAnew(event)).toBe(hash);
    expect(hashAuditEvent(event)).toBe(hash);
    previous = hash;
  }
}

async function headOf(chain: string) {
  const [head] = await store.sql<{ number: number; hash: string }[]>`
    select number::int, hash from audit_heads where chain = ${chain}`;
  return head;
}

describe('every mutation leaves an event in its chain', () => {
  test('in the organization’s: who, what, on what, whence and in which request', async () => {
    const acme = await store.organization();
    const { key } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
    await revokeKey(acme.admin, key.id);
    const stored = await readChain(acme.id);
    const target = { targetType: 'key', targetId: key.id };
    const { userId, name } = acme.member.actor;
    expect(stored.map(({ event }) => event)).toMatchObject([
      { action: 'organization.created', targetType: 'organization', targetId: acme.id },
      {
        action: 'key.created',
        ...target,
        actor: { type: 'user', id: userId, name },
        address: '203.0.113.9',
        userAgent: 'keyward-test/1',
        requestId: acme.member.requestId,
        data: { after: { id: key.id, name: key.name, permissions: [] } },
      },
      { action: 'key.revoked', ...target, actor: { type: 'user', id: acme.admin.actor.userId } },
    ]);
    expectSoundChain(stored);
  });

  test('in the instance’s: accounts and services', async () => {
    const before = (await readChain('instance')).length;
    const slug = uniqueName('links');
    const { id } = await putService(store.system, slug, { preset: 'short-links' });
    await putService(store.system, slug, { ...servicePresets['short-links'], slug, name: 'Links' });
    const email = `${uniqueName('ada')}@example.com`;
    const password = 'correct horse battery staple';
    const { userId } = await createAccount(store.system, { email, name: 'Ada', password }, 'open');
    const stored = await readChain('instance');
    expect(stored.slice(before).map(({ event }) => event)).toMatchObject([
      { action: 'service.created', targetId: id, data: { before: null, after: { slug } } },
      {
        action: 'service.updated',
        targetId: id,
        data: { before: { name: 'Short Links API' }, after: { name: 'Links' } },
      },
      { action: 'account.created', targetId: userId, actor: { type: 'user', id: userId } },
    ]);
    expect(JSON.stringify(stored)).not.toContain(password);
    expectSoundChain(stored);
  });

  test('by a key names the key, by the system no id', async () => {
    const acme = await store.organization();
    const bot = await acme.bot(['apiKeys:create']);
    await createKey(bot, keyInput({ service }));
    const [, made, by] = await readChain(acme.id);
    expect(made?.event.actor).toEqual({ type: 'system', id: null, name: 'test' });
    expect(by?.event.actor).toEqual({ type: 'key', id: bot.actor.keyId, name: bot.actor.name });
  });

  test('and a refused call leaves none', async () => {
    const acme = await store.organization();
    const before = await store.fingerprint();
    await expect(createKey(acme.member, keyInput({ service }))).rejects.toThrow();
    await expect(createKey(acme.admin, keyInput({ service, tier: 'gold' }))).rejects.toThrow();
    await expect(revokeKey(acme.admin, 'key_01jd0000000000000000000000')).rejects.toThrow();
    await expect(createOrganization(store.system, { name: '' })).rejects.toThrow();
    expect(await store.fingerprint()).toEqual(before);
  });
});

describe('a chain', () => {
  test('is numbered without gaps, and whole, under 20 parallel mutations from three pools', async () => {
    const acme = await store.organization();
    const ids: string[] = [];
    for (let count = 0; count < 8; count += 1) {
      ids.push((await createKey(acme.admin, keyInput({ service }))).key.id);
    }
    const pools = [store.connect(8), store.connect(8), store.connect(8)];
    const on = (index: number) => ({
      ...acme.admin,
      database: pools[index % 3] ?? store.database,
    });
    await Promise.all([
      ...ids.map((id, index) => revokeKey(on(index), id)),
      ...Array.from({ length: 12 }, (_, index) => createKey(on(index), keyInput({ service }))),
    ]);
    const stored = await readChain(acme.id);
    expect(stored).toHaveLength(1 + 8 + 20);
    expectSoundChain(stored);
    expect(await headOf(acme.id)).toEqual({ number: 29, hash: stored.at(-1)?.hash });
  });

  test('of one organization does not depend on another’s', async () => {
    const [acme, other] = [await store.organization(), await store.organization()];
    await createKey(other.admin, keyInput({ service }));
    await createKey(acme.admin, keyInput({ service }));
    for (const { id } of [acme, other]) {
      const stored = await readChain(id);
      expect(stored).toHaveLength(2);
      expectSoundChain(stored);
    }
  });

  test('keeps what JSON can say, and hashes it the same when it is read back', async () => {
    const acme = await store.organization();
    const metadata = {
      numbers: [0, 1, 1e21, 1e-7, 123456789012345680, 0.1, 3],
      text: 'é “quoted” \\ 🔑  \u2028',
      'name é': { z: null, a: true, '': [[], {}] },
    };
    await createKey(acme.admin, keyInput({ service, metadata }));
    const stored = await readChain(acme.id);
    expectSoundChain(stored);
    expect(stored.at(-1)?.event.data).toMatchObject({ after: { metadata } });
  });

  test('that somebody has altered no longer adds up', async () => {
    const acme = await store.organization();
    const { key } = await createKey(acme.admin, keyInput({ service }));
    await tamper(
      store.sql,
      (sql) => sql`update audit_events set data = jsonb_set(data, '{after,name}', '"other"')
        where target_id = ${key.id}`,
    );
    const stored = await readChain(acme.id);
    const altered = stored.filter(({ event, hash }) => hashAuditEvent(event) !== hash);
    expect(altered.map(({ event }) => event.number)).toEqual([2]);
  });
});
