import { createKey } from '@keyward/server/keys/create-key';
import { getKey } from '@keyward/server/keys/get-key';
import { listKeyAddresses } from '@keyward/server/keys/list-key-addresses';
import { keptAddresses, pruneAddresses } from '@keyward/server/verification/usage/prune-addresses';
import {
  startUsageRecorder,
  type UsageRecorder,
} from '@keyward/server/verification/usage/usage-recorder';
import { mostAddresses, type UsageEvent } from '@keyward/server/verification/usage/usage-tally';
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
  service = await store.service(servicePresets.merchant);
});
afterAll(() => store[Symbol.asyncDispose]());

type Use = UsageEvent & { address: string };

/** A key, and what a verification of it reports. */
async function makeKey(ipAllowlist: string[] = []): Promise<Use> {
  const { key } = await createKey(acme.admin, keyInput({ service, ipAllowlist }));
  const [row] = await store.sql<{ id: string }[]>`
    select id from key_secrets where key_id = ${key.id}`;
  return {
    keyId: key.id,
    secretId: row?.id ?? '',
    outcome: 'VALID',
    address: '203.0.113.9',
    permissions: [],
  };
}

/** Records with a recorder of its own, writes, and returns what could not be written. */
async function flushing(
  work: (recorder: UsageRecorder) => void | Promise<void>,
  database = store.database,
): Promise<unknown[]> {
  const errors: unknown[] = [];
  const recorder = startUsageRecorder(database, (error) => errors.push(error));
  try {
    await work(recorder);
  } finally {
    await recorder.stop();
  }
  return errors;
}

async function recordAll(uses: readonly UsageEvent[]): Promise<void> {
  expect(await flushing((recorder) => uses.forEach(recorder.record))).toEqual([]);
}

const seenOf = async ({ keyId }: UsageEvent) =>
  (await listKeyAddresses(acme.admin, keyId)).map(({ address, accepted, refused }) => ({
    address,
    accepted,
    refused,
  }));

/** Rows of a key as they might be after months: `seenDaysAgo` of each address. */
async function putAddresses({ keyId }: UsageEvent, seenDaysAgo: Record<string, number>) {
  for (const [address, days] of Object.entries(seenDaysAgo)) {
    await store.sql`insert into key_addresses
      values (${keyId}, ${address}, 1, 0, now() - interval '400 days',
        now() - ${days}::float8 * interval '1 day')`;
  }
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `10.0.${Math.floor(index / 250)}.${index % 250}`);

describe('a flush', () => {
  test('writes each address with how often it was accepted and refused', async () => {
    const use = await makeKey();
    await recordAll([
      use,
      use,
      { ...use, outcome: 'RATE_LIMITED' },
      { ...use, outcome: 'INSUFFICIENT_PERMISSIONS', address: '198.51.100.7' },
      { ...use, address: null },
    ]);
    expect(await seenOf(use)).toEqual([
      { address: '198.51.100.7', accepted: 0, refused: 1 },
      { address: '203.0.113.9', accepted: 2, refused: 1 },
    ]);
  });

  test('adds to what was seen before, keeps the first moment and moves the last', async () => {
    const use = await makeKey();
    await recordAll([use]);
    await store.sql`update key_addresses
      set first_seen_at = now() - interval '2 days', last_seen_at = now() - interval '1 day'
      where key_id = ${use.keyId}`;
    await recordAll([use, { ...use, outcome: 'SUSPENDED' }]);
    const [seen] = await listKeyAddresses(acme.admin, use.keyId);
    expect(seen).toMatchObject({ accepted: 2, refused: 1 });
    const daysBetween =
      (Date.parse(seen?.lastSeenAt ?? '') - Date.parse(seen?.firstSeenAt ?? '')) / 86_400_000;
    expect(daysBetween).toBeCloseTo(2, 2);
  });

  test('takes an IPv4-mapped address for its IPv4, and any spelling of an IPv6 for one', async () => {
    const use = await makeKey();
    await recordAll(
      ['203.0.113.9', '::ffff:203.0.113.9', '2001:DB8:0:0::1', '2001:db8::1'].map((address) => ({
        ...use,
        address,
      })),
    );
    expect(await seenOf(use)).toEqual([
      { address: '2001:db8::1', accepted: 2, refused: 0 },
      { address: '203.0.113.9', accepted: 2, refused: 0 },
    ]);
    expect((await getKey(acme.admin, use.keyId)).usage.lastUsedIp).toBe('2001:db8::1');
  });

  test(`keeps ${mostAddresses} addresses of a key and leaves out further ones until the next`, async () => {
    const [use, other] = [await makeKey(), await makeKey()];
    const addresses = numbered(mostAddresses + 10);
    await flushing(async (recorder) => {
      for (const address of addresses) {
        recorder.record({ ...use, address });
        recorder.record({ ...use, address, outcome: 'RATE_LIMITED' });
      }
      recorder.record({ ...use, address: addresses[0] ?? '' });
      recorder.record(other);
      await recorder.flush();
      expect(await seenOf(use)).toHaveLength(mostAddresses);
      for (const address of addresses.slice(mostAddresses)) {
        recorder.record({ ...use, address });
      }
    });
    const seen = await seenOf(use);
    expect(seen).toHaveLength(mostAddresses + 10);
    expect(seen.find(({ address }) => address === addresses[0])).toMatchObject({
      accepted: 2,
      refused: 1,
    });
    expect(seen.find(({ address }) => address === addresses.at(-1))).toMatchObject({
      accepted: 1,
      refused: 0,
    });
    expect(await seenOf(other)).toHaveLength(1);
    const [row] = await store.sql<{ count: number }[]>`
      select sum(count)::int as count from key_usage where key_id = ${use.keyId}`;
    // What is left out of the addresses is counted all the same.
    expect(row?.count).toBe(2 * addresses.length + 1 + 10);
  });

  test('that fails keeps its addresses, within the same bound, and writes each once', async () => {
    const use = await makeKey();
    const addresses = numbered(mostAddresses);
    const errors = await flushing(async (recorder) => {
      for (const address of addresses) {
        recorder.record({ ...use, address });
        recorder.record({ ...use, address, outcome: 'EXPIRED' });
      }
      await store.sql`alter table key_addresses rename to key_addresses_away`;
      const failing = recorder.flush();
      // The flush takes what was counted in a microtask; its answer needs the network.
      await Promise.resolve();
      await Promise.resolve();
      recorder.record({ ...use, address: addresses[0] ?? '' });
      recorder.record({ ...use, address: '198.51.100.7' });
      await failing;
      await store.sql`alter table key_addresses_away rename to key_addresses`;
      expect(await seenOf(use)).toEqual([]);
    });
    expect(errors.length).toBeGreaterThan(0);
    const seen = await seenOf(use);
    expect(seen).toHaveLength(mostAddresses);
    expect(seen.find(({ address }) => address === addresses[0])).toMatchObject({
      accepted: 2,
      refused: 1,
    });
    expect(seen.find(({ address }) => address === '198.51.100.7')).toMatchObject({ accepted: 1 });
  });

  test('of two nodes at once adds up, and neither locks the other out', async () => {
    const uses = [await makeKey(), await makeKey(), await makeKey()];
    const all = uses.flatMap((use) => numbered(30).map((address) => ({ ...use, address })));
    const refused = all.toReversed().map((use): UsageEvent => ({ ...use, outcome: 'EXPIRED' }));
    const errors = await flushing(async (one) => {
      const others = await flushing(async (other) => {
        for (let round = 0; round < 10; round += 1) {
          all.forEach(one.record);
          refused.forEach(other.record);
          await Promise.all([one.flush(), other.flush()]);
        }
      }, store.connect(2));
      expect(others).toEqual([]);
    }, store.connect(2));
    expect(errors).toEqual([]);
    for (const use of uses) {
      const seen = await seenOf(use);
      expect(seen).toHaveLength(30);
      expect(seen.every(({ accepted, refused }) => accepted === 10 && refused === 10)).toBe(true);
    }
  });
});

describe('pruning', () => {
  test(`leaves a key its newest ${keptAddresses} addresses`, async () => {
    const [use, other] = [await makeKey(), await makeKey()];
    const addresses = numbered(keptAddresses + 20);
    await putAddresses(
      use,
      Object.fromEntries(addresses.map((address, index) => [address, 1 + index / 10])),
    );
    await putAddresses(other, { '203.0.113.9': 80 });
    expect(await pruneAddresses(store)).toBe(20);
    expect((await seenOf(use)).map(({ address }) => address)).toEqual(
      addresses.slice(0, keptAddresses),
    );
    expect(await seenOf(other)).toHaveLength(1);
    expect(await pruneAddresses(store)).toBe(0);
  });

  test('drops what was not seen for 90 days, of a key with few addresses too', async () => {
    const use = await makeKey();
    await putAddresses(use, { '203.0.113.1': 89, '203.0.113.2': 91, '203.0.113.3': 400 });
    expect(await pruneAddresses(store)).toBe(2);
    expect((await seenOf(use)).map(({ address }) => address)).toEqual(['203.0.113.1']);
  });

  test('neither waits for a flush nor drops what that sees again', async () => {
    const use = await makeKey();
    await putAddresses(use, { '203.0.113.1': 91, '203.0.113.2': 91 });
    await store.sql.begin(async (flush) => {
      await flush`update key_addresses set last_seen_at = now()
        where key_id = ${use.keyId} and address = '203.0.113.1'`;
      expect(await pruneAddresses(store)).toBe(1);
    });
    expect(await pruneAddresses(store)).toBe(0);
    expect((await seenOf(use)).map(({ address }) => address)).toEqual(['203.0.113.1']);
  });
});

describe('the list', () => {
  test('is newest first and no longer than what a key keeps', async () => {
    const use = await makeKey();
    const addresses = numbered(keptAddresses + 5);
    await putAddresses(
      use,
      Object.fromEntries(addresses.map((address, index) => [address, index / 10])),
    );
    const seen = await seenOf(use);
    expect(seen.map(({ address }) => address)).toEqual(addresses.slice(0, keptAddresses));
  });

  test('judges each address by the allowlist of the key, or by the one that is asked about', async () => {
    const use = await makeKey(['203.0.113.0/24']);
    await putAddresses(use, { '203.0.113.9': 1, '198.51.100.7': 2, '2001:db8::1': 3 });
    const allowed = async (list?: string[]) =>
      (await listKeyAddresses(acme.admin, use.keyId, list)).map(({ isAllowed }) => isAllowed);
    expect(await allowed()).toEqual([true, false, false]);
    expect(await allowed(['198.51.100.7', '2001:db8::/32'])).toEqual([false, true, true]);
    expect(await allowed([])).toEqual([true, true, true]);
  });

  test('of a member’s key is theirs and the admins’; others learn nothing of the key', async () => {
    const { key } = await createKey(acme.member, keyInput({ service, kind: 'user' }));
    const globex = await store.organization();
    const list = (context: typeof acme.admin) => listKeyAddresses(context, key.id);
    expect(await list(acme.member)).toEqual([]);
    expect(await list(acme.admin)).toEqual([]);
    for (const stranger of [await acme.join('member'), globex.admin, globex.member]) {
      expect(await refusalOf(list(stranger))).toMatchObject({ code: 'not_found' });
    }
  });

  test('needs apiKeys:read and usage:read of a bot', async () => {
    const use = await makeKey();
    const reader = await acme.bot(['apiKeys:read', 'usage:read']);
    const verifier = await acme.bot(['apiKeys:verify', 'usage:read']);
    expect(await listKeyAddresses(reader, use.keyId)).toEqual([]);
    expect(await refusalOf(listKeyAddresses(verifier, use.keyId))).toMatchObject({
      code: 'insufficient_permissions',
    });
  });
});
