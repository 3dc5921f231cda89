import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import { makeChange, makeKnownSubject, verifyOnAll } from '../support/cluster-calls.ts';
import { makeSubjects, verbs } from '../support/cluster-subjects.ts';
import { startTestCluster } from '../support/test-cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

test('1: a key whose revocation returned is refused by every node at once, 240 times under load', {
  timeout: 60_000,
}, async () => {
  const { nodes } = cluster;
  const [first] = nodes;
  const subjects = await makeSubjects(cluster, Array(240).fill('revoke'));
  const other = await makeKnownSubject(cluster);
  let isOver = false;
  const load = nodes.map(async (node) => {
    while (!isOver) await Promise.all([1, 2].map(() => node.verify(other)));
  });
  const outcomes: string[] = [];
  const lanes = nodes.map(async (node, lane) => {
    for (const subject of subjects.filter((_, index) => index % nodes.length === lane)) {
      await verifyOnAll(cluster, subject);
      const { receipt } = await makeChange(subject, node);
      expect(receipt.nodes).toBe(3);
      outcomes.push(...(await verifyOnAll(cluster, subject)));
    }
  });
  await Promise.all(lanes).finally(() => {
    isOver = true;
  });
  await Promise.all(load);
  expect(outcomes).toHaveLength(720);
  expect(new Set(outcomes)).toEqual(new Set(['REVOKED']));
  expect(await first.verify(other)).toBe('VALID');
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
