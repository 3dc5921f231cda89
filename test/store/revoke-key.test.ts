import type { OrganizationContext } from '@keyward/server/context';
import { createKey } from '@keyward/server/keys/create-key';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { receipt as receiptContract } from '@keyward/shared/keys';
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
let service: string;
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  service = await store.service(servicePresets.analytics);
});
afterAll(() => store[Symbol.asyncDispose]());

async function makeKey(context: OrganizationContext = acme.admin): Promise<string> {
  const kind = context.role === 'member' ? 'user' : 'bot';
  const { key } = await createKey(context, keyInput({ service, kind }));
  return key.id;
}

async function statusOf(keyId: string): Promise<{ revoked: boolean; events: number }> {
  const [row] = await store.sql<{ revoked: boolean; events: number }[]>`
    select revoked_at is not null as revoked, (select count(*)::int from audit_events
      where target_id = ${keyId} and action = 'key.revoked') as events
    from keys where id = ${keyId}`;
  return row ?? { revoked: false, events: 0 };
}

describe('a revoke', () => {
  test('answers the revoked key and a receipt as the contract has it', async () => {
    const keyId = await makeKey();
    const { key, receipt } = await revokeKey(acme.admin, keyId);
    expect(key).toMatchObject({ id: keyId, status: 'revoked' });
    expect(receiptContract.parse(receipt)).toEqual(receipt);
    expect(receipt.nodes).toBe(0);
    expect(receipt.waitedMs).toBeGreaterThanOrEqual(0);
    expect(Date.parse(receipt.effectiveAt)).toBeGreaterThanOrEqual(Date.parse(key.revokedAt ?? ''));
    expect(await statusOf(keyId)).toEqual({ revoked: true, events: 1 });
  });

  test('counts one revision further each time, and says which key changed', async () => {
    const revisions: number[] = [];
    for (const keyId of [await makeKey(), await makeKey(), await makeKey()]) {
      const { receipt } = await revokeKey(acme.admin, keyId);
      revisions.push(receipt.revision);
      const rows = await store.sql`select revision, subject from authority_changes
        where subject_id = ${keyId}`;
      expect(rows.map((row) => ({ ...row }))).toEqual([
        { revision: String(receipt.revision), subject: 'key' },
      ]);
    }
    const [first = 0] = revisions;
    expect(revisions).toEqual([first, first + 1, first + 2]);
  });

  test('made again changes nothing: the same moment, the same revision or a later one', async () => {
    const keyId = await makeKey();
    const first = await revokeKey(acme.admin, keyId);
    const before = await store.fingerprint();
    const again = await revokeKey(acme.owner, keyId);
    expect(await store.fingerprint()).toEqual(before);
    expect(again.key).toEqual(first.key);
    expect(again.receipt.revision).toBe(first.receipt.revision);
    await revokeKey(acme.admin, await makeKey());
    const later = await revokeKey(acme.admin, keyId);
    expect(later.key.revokedAt).toBe(first.key.revokedAt);
    expect(later.receipt.revision).toBeGreaterThanOrEqual(first.receipt.revision);
  });

  test('made ten times at once is made once, and all ten are told the same moment', async () => {
    const keyId = await makeKey();
    const pools = [store.connect(4), store.connect(4)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        revokeKey({ ...acme.admin, database: pools[index % 2] ?? store.database }, keyId),
      ),
    );
    expect(new Set(answers.map(({ key }) => key.revokedAt)).size).toBe(1);
    const [change] = await store.sql<{ revision: number }[]>`
      select revision::int from authority_changes where subject_id = ${keyId}`;
    for (const { receipt } of answers) {
      expect(receipt.revision).toBeGreaterThanOrEqual(change?.revision ?? Infinity);
    }
    expect(await statusOf(keyId)).toEqual({ revoked: true, events: 1 });
  });

  test('ends a suspended key and an expired one too', async () => {
    const keyId = await makeKey();
    await store.sql`update keys set suspended_at = now(), expires_at = now() - interval '1 second' where id = ${keyId}`;
    expect((await revokeKey(acme.admin, keyId)).key.status).toBe('revoked');
  });
});

describe('who revokes', () => {
  test('owners, admins, operators, the system, and keys with apiKeys:delete', async () => {
    const bot = await acme.bot(['apiKeys:delete']);
    const operatorKey = await acme.bot(['apiKeys:delete'], { allOrganizations: true });
    for (const context of [acme.owner, acme.admin, acme.operator, acme.system, bot, operatorKey]) {
      const { key } = await revokeKey(context, await makeKey(acme.member));
      expect(key.status).toBe('revoked');
    }
  });

  test('a key without apiKeys:delete is refused, and the key stays', async () => {
    const bot = await acme.bot(['apiKeys:create', 'apiKeys:read', 'apiKeys:update']);
    const keyId = await makeKey();
    expect(await refusalOf(revokeKey(bot, keyId))).toMatchObject({
      code: 'insufficient_permissions',
    });
    expect(await statusOf(keyId)).toEqual({ revoked: false, events: 0 });
  });

  test('a member revokes their own key, and learns nothing of any other', async () => {
    const { key } = await revokeKey(acme.member, await makeKey(acme.member));
    expect(key.status).toBe('revoked');
    const another = await acme.join('member');
    const unknown = await refusalOf(revokeKey(acme.member, 'key_01jd0000000000000000000000'));
    for (const keyId of [await makeKey(another), await makeKey(acme.admin)]) {
      expect(await refusalOf(revokeKey(acme.member, keyId))).toEqual(unknown);
      expect(await statusOf(keyId)).toEqual({ revoked: false, events: 0 });
    }
    expect(unknown.code).toBe('not_found');
  });
});

describe('another organization’s key', () => {
  test('is refused exactly as a key that does not exist, to everybody, and stays', async () => {
    const other = await store.organization();
    const theirs = await makeKey(other.admin);
    const bot = await acme.bot(['apiKeys:delete', 'apiKeys:read']);
    for (const context of [acme.owner, acme.admin, acme.member, acme.operator, acme.system, bot]) {
      const unknown = await refusalOf(revokeKey(context, 'key_01jd0000000000000000000000'));
      expect(unknown.code).toBe('not_found');
      expect(await refusalOf(revokeKey(context, theirs))).toEqual(unknown);
    }
    expect(await statusOf(theirs)).toEqual({ revoked: false, events: 0 });
  });

  test('tells a key without the permission no more than an unknown one', async () => {
    const other = await store.organization();
    const theirs = await makeKey(other.admin);
    const bot = await acme.bot(['apiKeys:create']);
    const unknown = await refusalOf(revokeKey(bot, 'key_01jd0000000000000000000000'));
    expect(await refusalOf(revokeKey(bot, theirs))).toEqual(unknown);
  });

  test.each(['', 'key_', 'x', 'org_01jd0000000000000000000000', "key_' or true --", 'key_\0'])(
    'and so is %j, which is no id',
    async (keyId) => {
      const unknown = await refusalOf(revokeKey(acme.admin, 'key_01jd0000000000000000000000'));
      expect(await refusalOf(revokeKey(acme.admin, keyId))).toEqual(unknown);
    },
  );
});
