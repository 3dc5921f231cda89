import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import { faultNames } from '../support/cluster-faults.ts';
import { playRound } from '../support/cluster-round.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startTestCluster } from '../support/test-cluster.ts';

// `npm run torture` plays as many rounds as one has time for, from any seed.
const seed = 20_261_121;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
  console.log(`seed ${seed}`);
});
afterAll(() => cluster[Symbol.asyncDispose]());

describe('no verification that starts after a change returned is VALID by what was before', () => {
  test.each(faultNames)('fault: %s', { timeout: 60_000 }, async (fault) => {
    const random = seededRandom(seed + faultNames.indexOf(fault));
    const { changes, judged, violations, history } = await playRound(cluster, fault, random);
    expect(violations, history.join('\n')).toEqual([]);
    expect(changes).toBe(16);
    expect(judged).toBeGreaterThan(100);
  });
});
