import { setTimeout as elapse } from 'node:timers/promises';
import type { Receipt } from '@keyward/shared/keys';
import type { Cluster } from './cluster.ts';
import type { AskedKey, ClusterMember } from './cluster-member.ts';
import { makeSubject, type Subject, type Verb } from './cluster-subjects.ts';

/** Makes the change of a subject through a node; throws unless it returned 200. */
export async function makeChange(
  subject: Subject,
  by: ClusterMember,
): Promise<{ receipt: Receipt; milliseconds: number }> {
  const { method, path, ...call } = subject.change;
  const beganAt = performance.now();
  const { status, body } = await by.call(method, path, call);
  if (status !== 200) {
    throw new Error(`${subject.name} by ${by.name}: ${status} ${JSON.stringify(body)}`);
  }
  return { receipt: body.receipt, milliseconds: performance.now() - beganAt };
}

/** A key that every node has in memory. */
export async function makeKnownSubject(cluster: Cluster, verb?: Verb): Promise<Subject> {
  const subject = await makeSubject(cluster, verb);
  for (const node of cluster.nodes) {
    const outcome = await node.verify(subject);
    if (outcome !== 'VALID') throw new Error(`${node.name} says ${outcome} of a good key.`);
  }
  return subject;
}

export const verifyOnAll = ({ nodes }: Cluster, key: AskedKey): Promise<string[]> =>
  Promise.all(nodes.map((node) => node.verify(key)));

/** Waits until a change of the subject's key stands in the database, whether or not its call has returned. */
export async function untilCommitted({ database }: Cluster, { keyId }: Subject): Promise<void> {
  for (;;) {
    const rows = await database.execute(
      `select from authority_changes where subject_id = '${keyId}'`,
    );
    if (rows.length > 0) return;
    await elapse(5);
  }
}

/** The ids of the nodes that changes wait for. */
export async function registeredNodes({ database }: Cluster): Promise<string[]> {
  const rows = await database.execute<{ id: string }>('select id from authority_nodes order by id');
  return rows.map(({ id }) => id);
}
