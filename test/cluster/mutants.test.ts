import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import { startTestCluster } from '../support/test-cluster.ts';
import { directedRounds } from './mutants.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

describe.each(directedRounds)('6: $rule: $how', { timeout: 60_000 }, ({ rule, bound, play }) => {
  const playUntilStale = async (rounds: number) => {
    for (let round = 1; round <= rounds; round += 1) {
      if ((await play(cluster)) === 'VALID') return round;
    }
    return null;
  };

  test('without the rule a change that has returned is not heeded', async () => {
    await cluster.setRules({ [rule]: false });
    const round = await playUntilStale(bound).finally(() => cluster.setRules({ [rule]: true }));
    expect(round).not.toBeNull();
    console.log(`${rule}: stale in round ${round} of at most ${bound}`);
  });

  test('with all rules it is', async () => {
    expect(await playUntilStale(Math.ceil(bound / 6))).toBeNull();
  });
});
