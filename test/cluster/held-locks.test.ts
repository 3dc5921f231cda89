import { setTimeout as elapse } from 'node:timers/promises';
import { driftMilliseconds } from '@keyward/server/verification/authority/settle-authority';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import { makeChange, makeKnownSubject } from '../support/cluster-calls.ts';
import { startTestCluster } from '../support/test-cluster.ts';

/** How long a transaction may stand idle with its locks, and what a loaded machine may add. */
const boundMilliseconds = 3000 + 1500;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** Sessions that hold locks on keys while nothing is being asked of them. */
async function idleHolders(): Promise<number> {
  const rows = await cluster.database.execute(`
    select from pg_stat_activity join pg_locks using (pid)
    where datname = current_database() and state = 'idle in transaction'
      and relation = 'keys'::regclass and mode = 'RowExclusiveLock'`);
  return rows.length;
}

test('3: a node that is lost while it writes usage holds no key’s revocation up for long', async () => {
  const [revoker, lost] = cluster.nodes;
  const subject = await makeKnownSubject(cluster);
  lost.proxy.delay((name) => ({ request: 0, response: name === 'keyward' ? 300 : 0 }));
  for (let held = 0; held === 0; ) {
    lost.resume();
    await lost.verify(subject);
    await expect.poll(idleHolders, { timeout: 10_000, interval: 10 }).toBeGreaterThan(0);
    lost.pause();
    // Those of the other nodes are done by then, and what is left is that of the lost one.
    await elapse(200);
    held = await idleHolders();
  }
  const { milliseconds } = await makeChange(subject, revoker).finally(() => lost.resume());
  expect(milliseconds).toBeGreaterThan(cluster.leaseMilliseconds);
  expect(milliseconds).toBeLessThan(
    cluster.leaseMilliseconds + driftMilliseconds + boundMilliseconds,
  );
});
