import { setTimeout as elapse } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { type FaultName, faults } from './cluster-faults.ts';
import type { ClusterMember } from './cluster-member.ts';
import { makeSubjects, type Subject, verbs } from './cluster-subjects.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What a round has shown. */
export interface RoundReport {
  fault: string;
  /** How many changes returned, and how many verifications were judged by them. */
  changes: number;
  judged: number;
  /** Verifications that began after the change had returned and were VALID all the same. */
  violations: string[];
  /** What happened, in its order, with the milliseconds since the round began. */
  history: string[];
}

const subjectsPerRound = 16;
const patienceMilliseconds = 25_000;

/** One round: keys are changed in every way while something goes wrong, and all nodes are asked all the while. */
export async function playRound(
  cluster: Cluster,
  faultName: FaultName,
  random: SeededRandom,
): Promise<RoundReport> {
  const { nodes, leaseMilliseconds } = cluster;
  const beganAt = performance.now();
  const history: string[] = [];
  const violations: string[] = [];
  const returned = new Set<Subject>();
  let isOver = false;
  let judged = 0;

  function note(text: string): void {
    history.push(`${(performance.now() - beganAt).toFixed(1).padStart(8)} ${text}`);
  }

  /** Asks, and judges the answer where the change had returned before. */
  async function ask(node: ClusterMember, subject: Subject, aside = false): Promise<string> {
    const counts = returned.has(subject);
    const askedAt = (performance.now() - beganAt).toFixed(1);
    const outcome = await (aside ? node.verifyAside(subject) : node.verify(subject));
    if (counts) {
      judged += 1;
      if (outcome === 'VALID') {
        violations.push(`${subject.name} was VALID on ${node.name}, asked at ${askedAt}`);
        note(`VIOLATION ${subject.name} on ${node.name}, asked at ${askedAt}`);
      }
    }
    return outcome;
  }

  async function watch(node: ClusterMember, subject: Subject): Promise<void> {
    while (!isOver) {
      await ask(node, subject);
      await elapse(random.integer(5, 120));
    }
  }

  /** Resolves with the status of the answer; 0 without one. */
  async function tryChange(node: ClusterMember, subject: Subject): Promise<number> {
    const { method, path, ...call } = subject.change;
    note(`${subject.name} by ${node.name}`);
    const answer = await node.call(method, path, call).catch(() => null);
    note(`${subject.name} by ${node.name}: ${answer?.status ?? 'no answer'}`);
    return answer?.status ?? 0;
  }

  async function change(subject: Subject, target: ClusterMember | null): Promise<void> {
    const others = nodes.filter((node) => node !== target);
    await elapse(random.integer(0, leaseMilliseconds * 0.6));
    let status = 0;
    // Where its answer is lost, a change is repeated: it then says 200, or that it is made already.
    for (let attempt = 1; status < 200 || status >= 500; attempt += 1) {
      if (attempt > 1) await elapse(50);
      status = await tryChange(random.pick(random.chance(0.8) ? others : nodes), subject);
      if (attempt === 1 && status >= 400 && status < 500) {
        throw new Error(`${subject.name} was refused with ${status}.\n${history.join('\n')}`);
      }
    }
    returned.add(subject);
    await Promise.all(
      nodes.flatMap((node) => [ask(node, subject, true), ask(node, subject, true)]),
    );
  }

  const subjects = await makeSubjects(
    cluster,
    Array.from({ length: subjectsPerRound }, () => random.pick(verbs)),
  );
  // The rest is met by a node for the first time while it is being changed.
  const known = subjects.filter(() => random.chance(0.6));
  await Promise.all(known.flatMap((subject) => nodes.map((node) => ask(node, subject, true))));
  const fault = faults[faultName](cluster, random.pick(nodes), random);
  note(`fault: ${fault.name} ${fault.target?.name ?? ''} for ${fault.holdMilliseconds} ms`);
  const watches = subjects.flatMap((subject) => nodes.map((node) => watch(node, subject)));
  try {
    await fault.strike();
    const changes = Promise.all(subjects.map((subject) => change(subject, fault.target)));
    // Awaited below; a failure in between is not to end the process.
    changes.catch(() => {});
    // How long a fault lasts is what it is about.
    await elapse(fault.holdMilliseconds);
    await fault.heal();
    note('healed');
    await inTime(changes, `the changes of a round with ${fault.name}`, history);
    await cluster.ready();
    await Promise.all(subjects.map((subject) => expectOutcome(cluster, subject, history)));
  } finally {
    isOver = true;
    await Promise.all(watches);
  }
  return { fault: fault.name, changes: returned.size, judged, violations, history };
}

/** Once all is well again, every node says what is so. */
async function expectOutcome(
  { nodes }: Cluster,
  subject: Subject,
  history: string[],
): Promise<void> {
  for (const node of nodes) {
    let outcome = await node.verify(subject);
    const end = performance.now() + patienceMilliseconds;
    // A pool heals connection by connection; whatever it says meanwhile, it must not be VALID.
    while (/^(none|5)/.test(outcome) && performance.now() < end) {
      await elapse(20);
      outcome = await node.verify(subject);
    }
    if (outcome !== subject.outcome) {
      const what = `${subject.name} is ${outcome} on ${node.name} and not ${subject.outcome}`;
      throw new Error(`${what}\n${history.join('\n')}`);
    }
  }
}

async function inTime(work: Promise<unknown>, what: string, history: string[]): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () =>
    reject(new Error(`Waited ${patienceMilliseconds} ms for ${what}.\n${history.join('\n')}`));
  const timer = setTimeout(late, patienceMilliseconds);
  await Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
