import { createKey } from '@keyward/server/keys/create-key';
import { getKey } from '@keyward/server/keys/get-key';
import {
  startUsageRecorder,
  type UsageRecorder,
} from '@keyward/server/verification/usage/usage-recorder';
import type { UsageEvent } from '@keyward/server/verification/usage/usage-tally';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** A key, and what a verification of it reports. */
async function makeKey(): Promise<UsageEvent> {
  const { key } = await createKey(acme.admin, keyInput({ service }));
  const [row] = await store.sql<{ id: string }[]>`
    select id from key_secrets where key_id = ${key.id}`;
  return {
    keyId: key.id,
    secretId: row?.id ?? '',
    outcome: 'VALID',
    address: null,
    permissions: [],
  };
}

/** Runs with a recorder of its own, and with the errors that it reported. */
async function recording<T>(
  work: (recorder: UsageRecorder, errors: unknown[]) => Promise<T>,
  database = store.database,
): Promise<T> {
  const errors: unknown[] = [];
  const recorder = startUsageRecorder(database, (error) => errors.push(error));
  try {
    return await work(recorder, errors);
  } finally {
    await recorder.stop();
  }
}

function recordTimes(recorder: UsageRecorder, event: UsageEvent, times: number): void {
  for (let count = 0; count < times; count += 1) {
    recorder.record(event);
  }
}

async function countsOf({ keyId }: UsageEvent): Promise<Record<string, number>> {
  const rows = await store.sql<{ outcome: string; count: number }[]>`
    select outcome, sum(count)::int as count from key_usage where key_id = ${keyId}
    group by outcome`;
  return Object.fromEntries(rows.map((row) => [row.outcome, row.count]));
}

const usageOf = async ({ keyId }: UsageEvent) => (await getKey(acme.admin, keyId)).usage;

describe('a flush', () => {
  test('writes a row for each hour and outcome, the totals, and when and whence it was used', async () => {
    const event = await makeKey();
    await recording(async (recorder) => {
      recordTimes(recorder, { ...event, address: '203.0.113.9' }, 3);
      recordTimes(recorder, { ...event, outcome: 'RATE_LIMITED' }, 2);
      recorder.record({ ...event, outcome: 'EXPIRED' });
      await recorder.flush();
    });
    const rows = await store.sql`
      select outcome, count::int, hour = date_trunc('hour', now(), 'UTC') as is_this_hour
      from key_usage where key_id = ${event.keyId} order by outcome`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { outcome: 'EXPIRED', count: 1, is_this_hour: true },
      { outcome: 'RATE_LIMITED', count: 2, is_this_hour: true },
      { outcome: 'VALID', count: 3, is_this_hour: true },
    ]);
    const usage = await usageOf(event);
    expect(usage).toMatchObject({ totalRequests: 3, lastUsedIp: '203.0.113.9' });
    expect(usage.lastUsedAt).not.toBeNull();
    const { secrets } = await getKey(acme.admin, event.keyId);
    expect(secrets[0]?.lastUsedAt).toBe(usage.lastUsedAt);
  });

  test('adds to what was written before, and an hour that has passed keeps its row', async () => {
    const event = await makeKey();
    await recording(async (recorder) => {
      recordTimes(recorder, event, 2);
      await recorder.flush();
      recorder.record(event);
      await recorder.flush();
      expect(await countsOf(event)).toEqual({ VALID: 3 });
      await store.sql`update key_usage set hour = hour - interval '1 hour'
        where key_id = ${event.keyId}`;
      recorder.record(event);
      await recorder.flush();
    });
    const rows = await store.sql<{ count: number }[]>`
      select count::int from key_usage where key_id = ${event.keyId} order by hour`;
    expect(rows.map((row) => row.count)).toEqual([3, 1]);
    expect((await usageOf(event)).totalRequests).toBe(4);
  });

  test('of refusals alone does not make a key look used', async () => {
    const event = await makeKey();
    await recording(async (recorder) => {
      recordTimes(recorder, { ...event, outcome: 'REVOKED', address: '203.0.113.9' }, 5);
      await recorder.flush();
    });
    expect(await countsOf(event)).toEqual({ REVOKED: 5 });
    expect(await usageOf(event)).toEqual({ totalRequests: 0, lastUsedAt: null, lastUsedIp: null });
  });

  test('of nothing writes nothing', async () => {
    const before = await store.fingerprint();
    await recording((recorder) => recorder.flush());
    expect(await store.fingerprint()).toEqual(before);
  });

  test('keeps the last address where a later call gave none', async () => {
    const event = await makeKey();
    await recording(async (recorder) => {
      recorder.record({ ...event, address: '203.0.113.9' });
      await recorder.flush();
      recorder.record(event);
      await recorder.flush();
    });
    expect((await usageOf(event)).lastUsedIp).toBe('203.0.113.9');
  });

  test('happens by itself, and once more at the stop', async () => {
    const event = await makeKey();
    await recording(async (recorder) => {
      recorder.record(event);
      await expect.poll(() => countsOf(event), { timeout: 5000 }).toEqual({ VALID: 1 });
      recorder.record(event);
    });
    expect(await countsOf(event)).toEqual({ VALID: 2 });
  });
});

describe('a flush that fails', () => {
  async function whileTableIsAway(work: () => Promise<void>): Promise<void> {
    await store.sql`alter table key_usage rename to key_usage_away`;
    try {
      await work();
    } finally {
      await store.sql`alter table key_usage_away rename to key_usage`;
    }
  }

  test('keeps its counts, says so, and writes each of them once when it can', async () => {
    const event = await makeKey();
    await recording(async (recorder, errors) => {
      recordTimes(recorder, event, 3);
      await whileTableIsAway(async () => {
        await recorder.flush();
        recordTimes(recorder, event, 4);
        recorder.record({ ...event, outcome: 'SUSPENDED' });
        await recorder.flush();
      });
      expect(errors.length).toBeGreaterThanOrEqual(2);
      expect((await usageOf(event)).totalRequests).toBe(0);
      await recorder.flush();
      await recorder.flush();
    });
    expect(await countsOf(event)).toEqual({ VALID: 7, SUSPENDED: 1 });
    expect((await usageOf(event)).totalRequests).toBe(7);
  });

  test('leaves no half behind: counts without totals', async () => {
    const event = await makeKey();
    await recording(async (recorder) => {
      recorder.record(event);
      await store.sql`alter table key_secrets rename column last_used_at to away`;
      await recorder.flush();
      await store.sql`alter table key_secrets rename column away to last_used_at`;
      expect(await countsOf(event)).toEqual({});
      expect((await usageOf(event)).totalRequests).toBe(0);
    });
    expect(await countsOf(event)).toEqual({ VALID: 1 });
  });

  test('does not put an older address over one that was seen while it failed', async () => {
    const event = await makeKey();
    await recording(async (recorder) => {
      recorder.record({ ...event, address: '203.0.113.9' });
      await whileTableIsAway(async () => {
        const failing = recorder.flush();
        // The flush takes what was counted in a microtask; its answer needs the network.
        await Promise.resolve();
        await Promise.resolve();
        recorder.record({ ...event, address: '198.51.100.7' });
        await failing;
      });
      await recorder.flush();
    });
    expect(await countsOf(event)).toEqual({ VALID: 2 });
    expect((await usageOf(event)).lastUsedIp).toBe('198.51.100.7');
  });
});

describe('two recorders', () => {
  test('that flush the same keys at once add up, and never lock each other out', async () => {
    const events: UsageEvent[] = [];
    for (let count = 0; count < 20; count += 1) {
      events.push(await makeKey());
    }
    await recording(async (one, errors) => {
      await recording(async (other, others) => {
        for (let round = 0; round < 5; round += 1) {
          for (const event of events) {
            one.record(event);
            other.record({ ...event, outcome: 'RATE_LIMITED' });
          }
          for (const event of events.toReversed()) {
            other.record(event);
            one.record({ ...event, outcome: 'RATE_LIMITED' });
          }
          await Promise.all([one.flush(), other.flush()]);
        }
        expect([...errors, ...others]).toEqual([]);
      }, store.connect(2));
    }, store.connect(2));
    for (const event of events) {
      expect(await countsOf(event)).toEqual({ VALID: 10, RATE_LIMITED: 10 });
      expect((await usageOf(event)).totalRequests).toBe(10);
    }
  });
});

test('counts that cannot be written hold up no others, in batches that no revocation waits long for', async () => {
  const good: UsageEvent[] = [];
  for (let count = 0; count < 5; count += 1) {
    good.push(await makeKey());
  }
  await recording(async (recorder, errors) => {
    // A thousand of a key that is not there fill the first batch.
    for (let count = 0; count < 1000; count += 1) {
      recorder.record({ ...good[0], keyId: 'key_gone', secretId: `sec_${count}` } as UsageEvent);
    }
    good.forEach(recorder.record);
    await recorder.flush();
    expect(errors).toHaveLength(1);
  });
  for (const event of good) {
    expect(await countsOf(event)).toEqual({ VALID: 1 });
  }
});
