import { connectDatabase } from '@keyward/server/database/connect-database';
import { openLeaseConnection } from '@keyward/server/verification/authority/lease-connection';
import { protocolRules } from '@keyward/server/verification/authority/rules';
import { driftMilliseconds } from '@keyward/server/verification/authority/settle-authority';
import { startAuthority } from '@keyward/server/verification/authority/start-authority';
import { afterEach, expect, test } from 'vitest';
import { administer } from '../support/postgres-admin.ts';
import { createTestDatabase } from '../support/test-database.ts';

const patience = { timeout: 10_000, interval: 10 };

afterEach(() => {
  protocolRules.countsRenewalsAnew = true;
});

async function start(leaseSeconds: number) {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await createTestDatabase());
  const { database, close } = connectDatabase(url, 2);
  stack.defer(close);
  return {
    url,
    database,
    start: () =>
      startAuthority({ url, database, leaseSeconds, onError: () => {}, onAlarm: () => {} }),
    leases: async () =>
      await database.execute<{ pid: number }>(`select pid from pg_stat_activity
        where datname = current_database() and application_name = 'keyward lease'`),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('renewals that the server cannot make leave no statement waiting at it', async () => {
  await using node = await start(3);
  await administer(node.url, (sql) =>
    sql.begin(async (transaction) => {
      await transaction`lock table authority_nodes in access exclusive mode`;
      const lease = openLeaseConnection(node.url, { deadlineMilliseconds: 200, onLost: () => {} });
      for (let renewal = 0; renewal < 6; renewal += 1) {
        await lease.renew('node_x', { applied: -1, newest: -1 }).catch(() => {});
      }
      await lease.close();
      await expect.poll(async () => (await node.leases()).length, patience).toBe(0);
    }),
  );
});

test('a node that cannot register leaves no connection behind', async () => {
  await using node = await start(3);
  await node.database.execute('alter table authority_nodes rename to authority_nodes_away');
  await expect(node.start()).rejects.toThrow();
  await expect.poll(async () => (await node.leases()).length, patience).toBe(0);
});

/**
 * How long after its connection was lost a node takes another off the list, of which it had last seen a
 * renewal long before: as when a crash of the server undid the newest one. In milliseconds.
 */
async function timeUntilRemoval(leaseSeconds: number): Promise<number> {
  await using node = await start(leaseSeconds);
  const authority = await node.start();
  await node.database.execute(`insert into authority_nodes (id, lease_seconds, applied_revision)
    values ('node_other', ${leaseSeconds}, 0)`);
  const isListed = async () =>
    (await node.database.execute(`select from authority_nodes where id = 'node_other'`)).length > 0;
  const renewals = async () => {
    const [row] = await node.database.execute<{ renewals: number }>(
      `select renewals::int from authority_nodes where id = '${authority.nodeId}'`,
    );
    return row?.renewals ?? 0;
  };
  // Three renewals: the other's row was then seen for most of a lease.
  const seen = (await renewals()) + 3;
  await expect.poll(renewals, patience).toBeGreaterThanOrEqual(seen);
  const lostAt = performance.now();
  await node.database.execute(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'keyward lease'`);
  await expect.poll(isListed, patience).toBe(false);
  const milliseconds = performance.now() - lostAt;
  await authority.stop();
  return milliseconds;
}

test('a node whose connection was lost gives every other a whole lease before it takes one off the list', {
  timeout: 30_000,
}, async () => {
  const leaseSeconds = 2;
  const whole = leaseSeconds * 1000 + driftMilliseconds;
  expect(await timeUntilRemoval(leaseSeconds)).toBeGreaterThan(whole);
  protocolRules.countsRenewalsAnew = false;
  expect(await timeUntilRemoval(leaseSeconds)).toBeLessThan(whole);
});
