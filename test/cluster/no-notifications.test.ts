import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import { makeChange, makeKnownSubject, verifyOnAll } from '../support/cluster-calls.ts';
import { playRound } from '../support/cluster-round.ts';
import { verbs } from '../support/cluster-subjects.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startTestCluster } from '../support/test-cluster.ts';

const seed = 28;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster({ rules: { listens: false } });
});
afterAll(() => cluster[Symbol.asyncDispose]());

describe('28: with every notification dropped', () => {
  test.each(verbs)('%s holds when it returns, within a renewal or two', async (verb) => {
    const subject = await makeKnownSubject(cluster, verb);
    const { receipt } = await makeChange(subject, cluster.nodes[0]);
    expect(receipt.waitedMs).toBeLessThan(cluster.leaseMilliseconds);
    expect(await verifyOnAll(cluster, subject)).toEqual(Array(3).fill(subject.outcome));
  });

  test.each(['none', 'cut', 'pause', 'slow fills'] as const)(
    'and the fault %s, no stale verdict',
    { timeout: 60_000 },
    async (fault) => {
      const { violations, history } = await playRound(cluster, fault, seededRandom(seed));
      expect(violations, history.join('\n')).toEqual([]);
    },
  );
});
