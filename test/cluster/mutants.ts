import { setTimeout as elapse } from 'node:timers/promises';
import type { ProtocolRules } from '@keyward/server/verification/authority/rules';
import type { Cluster } from '../support/cluster.ts';
import { makeChange, makeKnownSubject, untilCommitted } from '../support/cluster-calls.ts';
import { makeSubject } from '../support/cluster-subjects.ts';

/** A round that is made for one rule. Resolves with the verdict of a verification after the change. */
export interface DirectedRound {
  rule: keyof ProtocolRules;
  /** Why a verdict is stale without the rule. */
  how: string;
  /** How many rounds may pass before one shows the violation. */
  bound: number;
  play(cluster: Cluster): Promise<string>;
}

/** Answers of the pool come late at this node; those of the lease do not. */
function slowFills({ nodes: [, node] }: Cluster, milliseconds: number): void {
  node.proxy.delay((name) => ({ request: 0, response: name === 'keyward' ? milliseconds : 0 }));
}

async function untilHealed(cluster: Cluster): Promise<void> {
  for (const { proxy } of cluster.nodes) proxy.set('pass');
  await cluster.ready();
}

export const directedRounds: readonly DirectedRound[] = [
  {
    rule: 'waitsForNodes',
    how: 'a node whose connections are late has not heard of the change when it returns',
    bound: 3,
    async play(cluster) {
      const [, node] = cluster.nodes;
      const subject = await makeKnownSubject(cluster);
      node.proxy.set('delay', 150);
      await makeChange(subject, cluster.nodes[0]);
      const outcome = await node.verify(subject);
      await untilHealed(cluster);
      return outcome;
    },
  },
  {
    rule: 'waitsOnRepeat',
    how: 'the revoker is killed while it waits for a node that is cut off, and the change is repeated',
    bound: 3,
    async play(cluster) {
      const [revoker, node, other] = cluster.nodes;
      const subject = await makeKnownSubject(cluster);
      node.proxy.set('cut');
      const first = makeChange(subject, revoker).catch(() => {});
      await untilCommitted(cluster, subject);
      await revoker.kill();
      await first;
      await makeChange(subject, other);
      const outcome = await node.verify(subject);
      node.proxy.set('pass');
      await revoker.restart();
      await untilHealed(cluster);
      return outcome;
    },
  },
  {
    rule: 'timesLeaseFromRequest',
    how: 'the answers to the renewals come so late that a lease counted from them outlasts the wait',
    bound: 12,
    async play(cluster) {
      const [, node] = cluster.nodes;
      const late = cluster.leaseMilliseconds * 0.8;
      node.proxy.delay((name) => ({ request: 0, response: name === 'keyward' ? 0 : late }));
      const subject = await makeKnownSubject(cluster);
      // At another moment of the renewals' cycle in each round.
      await elapse(Math.random() * cluster.leaseMilliseconds);
      await makeChange(subject, cluster.nodes[0]);
      const outcome = await node.verify(subject);
      await untilHealed(cluster);
      return outcome;
    },
  },
  {
    rule: 'comparesLeaseAtUse',
    how: 'a process that was stopped reads the requests in its sockets before its timers run',
    bound: 6,
    async play(cluster) {
      const [, node] = cluster.nodes;
      const subject = await makeKnownSubject(cluster);
      // Connections that are open and idle when the process stops.
      const ask = () => Promise.all(Array.from({ length: 16 }, () => node.verifyAside(subject)));
      await ask();
      node.pause();
      await makeChange(subject, cluster.nodes[0]);
      const outcomes = ask();
      // They lie in its sockets by then; nobody can tell that from outside.
      await elapse(50);
      node.resume();
      const stale = (await outcomes).find((outcome) => outcome === 'VALID');
      await untilHealed(cluster);
      return stale ?? (await outcomes)[0] ?? 'none';
    },
  },
  {
    rule: 'tagsFills',
    how: 'a read from before the change comes in after the node has applied it, and is kept',
    bound: 6,
    async play(cluster) {
      const [, node] = cluster.nodes;
      const subject = await makeSubject(cluster);
      slowFills(cluster, 250);
      const fill = node.verify(subject);
      // As long as a question takes to reach the database: the node's answer is on its late way then.
      await elapse(60);
      await makeChange(subject, cluster.nodes[0]);
      await fill;
      const outcome = await node.verify(subject);
      await untilHealed(cluster);
      return outcome;
    },
  },
  {
    rule: 'checksJoiners',
    how: 'a verification after the change waits for a read that began before it',
    bound: 6,
    async play(cluster) {
      const [, node] = cluster.nodes;
      const subject = await makeSubject(cluster);
      slowFills(cluster, 400);
      const fill = node.verify(subject);
      await elapse(60);
      await makeChange(subject, cluster.nodes[0]);
      const outcome = await node.verify(subject);
      await fill;
      await untilHealed(cluster);
      return outcome;
    },
  },
];
