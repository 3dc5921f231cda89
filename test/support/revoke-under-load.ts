import type { Cluster } from './cluster.ts';
import { makeChange, makeKnownSubject, verifyOnAll } from './cluster-calls.ts';
import { makeSubjects } from './cluster-subjects.ts';

/**
 * Revokes keys at all nodes at once, while each node is asked as fast as it answers. Resolves with what every
 * node said of each key right after its revocation had returned.
 */
export async function revokeUnderLoad(cluster: Cluster, count: number): Promise<string[]> {
  const { nodes } = cluster;
  const subjects = await makeSubjects(cluster, Array(count).fill('revoke'));
  const other = await makeKnownSubject(cluster);
  let isOver = false;
  const load = nodes.map(async (node) => {
    while (!isOver) {
      const good = await Promise.all([1, 2].map(() => node.verify(other)));
      if (good.some((outcome) => outcome !== 'VALID')) {
        throw new Error(`${node.name} says ${good} of a good key.`);
      }
    }
  });
  const outcomes: string[] = [];
  const lanes = nodes.map(async (node, lane) => {
    for (const subject of subjects.filter((_, index) => index % nodes.length === lane)) {
      await verifyOnAll(cluster, subject);
      const { receipt } = await makeChange(subject, node);
      if (receipt.nodes !== nodes.length) {
        throw new Error(`${subject.name} heeds ${receipt.nodes} nodes.`);
      }
      outcomes.push(...(await verifyOnAll(cluster, subject)));
    }
  });
  await Promise.all(lanes).finally(() => {
    isOver = true;
  });
  await Promise.all(load);
  return outcomes;
}
