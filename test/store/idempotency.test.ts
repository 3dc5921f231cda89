import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import { hashRequest } from '@keyward/server/keys/find-idempotent-key';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf } from '../support/refusal.ts';
import { createTestStore, keyInput, type TestStore } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  service = await store.service(servicePresets['short-links']);
});
afterAll(() => store[Symbol.asyncDispose]());

const body = (name = 'Production') => keyInput({ service, name, permissions: ['shortLinks:read'] });

function send(context: OrganizationContext, intent: string, input = body()) {
  return createKey(context, input, {
    idempotency: { key: intent, requestHash: hashRequest(input) },
  });
}

async function countKeys(organizationId: string): Promise<number> {
  const [row] = await store.sql<{ count: number }[]>`
    select count(*)::int as count from keys where organization_id = ${organizationId}`;
  return row?.count ?? 0;
}

describe('one Idempotency-Key', () => {
  test('sent again answers the same key, and no secret', async () => {
    const { id, admin } = await store.organization();
    const intent = uniqueName('intent');
    const first = await send(admin, intent);
    const again = await send(admin, intent);
    expect(first.secret).toMatch(/^h0p_/);
    expect(again).toEqual({ key: first.key, secret: null });
    expect(await countKeys(id)).toBe(1);
  });

  test('sent again leaves no second audit event', async () => {
    const { id, admin } = await store.organization();
    const intent = uniqueName('intent');
    await send(admin, intent);
    const before = await store.fingerprint();
    await send(admin, intent);
    expect(await store.fingerprint()).toEqual(before);
    const events = await store.sql`select from audit_events
      where chain = ${id} and action = 'key.created'`;
    expect(events).toHaveLength(1);
  });

  test('does not depend on the order in which the body’s names stood', async () => {
    const { admin } = await store.organization();
    const intent = uniqueName('intent');
    const { key } = await send(admin, intent);
    const turned = Object.fromEntries(Object.entries(body()).reverse()) as ReturnType<typeof body>;
    expect((await send(admin, intent, turned)).key.id).toBe(key.id);
  });

  test('sent with another body is a mismatch, and makes nothing', async () => {
    const { id, admin } = await store.organization();
    const intent = uniqueName('intent');
    await send(admin, intent);
    const { code } = await refusalOf(send(admin, intent, body('Staging')));
    expect(code).toBe('idempotency_mismatch');
    expect(await countKeys(id)).toBe(1);
  });

  test('of another organization is another intent', async () => {
    const [one, other] = [await store.organization(), await store.organization()];
    const intent = uniqueName('intent');
    const [mine, theirs] = [await send(one.admin, intent), await send(other.admin, intent)];
    expect(theirs.secret).not.toBeNull();
    expect(theirs.key.id).not.toBe(mine.key.id);
    expect([await countKeys(one.id), await countKeys(other.id)]).toEqual([1, 1]);
  });

  test('whose request failed can be sent again, with another body too', async () => {
    const { id, admin } = await store.organization();
    const intent = uniqueName('intent');
    const bad = keyInput({ service, tier: 'gold' });
    expect((await refusalOf(send(admin, intent, bad))).code).toBe('invalid_request');
    expect((await send(admin, intent)).secret).not.toBeNull();
    expect(await countKeys(id)).toBe(1);
  });

  test('sent again after a revoke answers the revoked key: it does not make another', async () => {
    const { id, admin } = await store.organization();
    const intent = uniqueName('intent');
    const { key } = await send(admin, intent);
    await store.sql`update keys set revoked_at = now() where id = ${key.id}`;
    const again = await send(admin, intent);
    expect(again).toMatchObject({ key: { id: key.id, status: 'revoked' }, secret: null });
    expect(await countKeys(id)).toBe(1);
  });
});

describe('ten requests at once with one Idempotency-Key', () => {
  test('make one key and show its secret once; the others are told to wait, or get the same key', async () => {
    const { id, admin } = await store.organization();
    const intent = uniqueName('intent');
    const pools = [store.connect(4), store.connect(4), store.connect(4)];
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        send({ ...admin, database: pools[index % 3] ?? store.database }, intent),
      ),
    );
    const made = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(new Set(made.map((one) => one.key.id)).size).toBe(1);
    expect(made.filter((one) => one.secret !== null)).toHaveLength(1);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'idempotency_in_progress' });
    }
    expect(await countKeys(id)).toBe(1);
    expect((await send(admin, intent)).secret).toBeNull();
  });

  test('a second one is told to wait while the first still runs', async () => {
    const { admin } = await store.organization();
    const intent = uniqueName('intent');
    const first = await store.database.transaction(async (transaction) => {
      const made = await send({ ...admin, database: transaction }, intent);
      expect((await refusalOf(send(admin, intent))).code).toBe('idempotency_in_progress');
      return made;
    });
    expect((await send(admin, intent)).key.id).toBe(first.key.id);
  });
});

describe('a key without an Idempotency-Key', () => {
  test('is made as often as it is asked for', async () => {
    const { id, admin } = await store.organization();
    await createKey(admin, body());
    await createKey(admin, body());
    expect(await countKeys(id)).toBe(2);
  });
});
