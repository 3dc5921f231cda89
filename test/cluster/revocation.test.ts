import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import { makeChange, makeKnownSubject, verifyOnAll } from '../support/cluster-calls.ts';
import { verbs } from '../support/cluster-subjects.ts';
import { revokeUnderLoad } from '../support/revoke-under-load.ts';
import { startTestCluster } from '../support/test-cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

test('1: a key whose revocation returned is refused by every node at once, under load', async () => {
  const outcomes = await revokeUnderLoad(cluster, 90);
  expect(outcomes).toHaveLength(270);
  expect(new Set(outcomes)).toEqual(new Set(['REVOKED']));
});

describe('5: every way in which a key stops being good holds on every node when it returns', () => {
  test.each(verbs)('%s', async (verb) => {
    for (const by of cluster.nodes) {
      const subject = await makeKnownSubject(cluster, verb);
      await makeChange(subject, by);
      expect(await verifyOnAll(cluster, subject)).toEqual(Array(3).fill(subject.outcome));
    }
  });
});

test('9: a limit of 100 admits exactly 100 of 1,000 calls to three nodes, which remain 99 to 0', async () => {
  const [first] = cluster.nodes;
  const made = await first.call('POST', '/v1/keys', {
    body: {
      name: 'limited',
      service: 'keyward',
      permissions: [],
      rateLimit: { limit: 100, windowSeconds: 3600 },
    },
  });
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      (cluster.nodes[index % 3] ?? first).call('POST', '/v1/keys/verify', {
        body: { key: made.body.secret },
      }),
    ),
  );
  const admitted = answers.filter(({ body }) => body.code === 'VALID');
  const refused = answers.filter(({ body }) => body.code === 'RATE_LIMITED');
  expect([admitted.length, refused.length]).toEqual([100, 900]);
  const remaining = admitted.map(({ body }) => body.rateLimit.remaining);
  expect(remaining.sort((a, b) => b - a)).toEqual(Array.from({ length: 100 }, (_, at) => 99 - at));
});
