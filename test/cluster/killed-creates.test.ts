import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import type { ClusterMember } from '../support/cluster-member.ts';
import { startTestCluster } from '../support/test-cluster.ts';
import { uniqueName } from '../support/unique-name.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

interface Attempt {
  idempotencyKey: string;
  /** What the maker was shown before the node died; null when it was shown nothing. */
  secret: string | null;
}

const create = (node: ClusterMember, idempotencyKey: string) =>
  node.call('POST', '/v1/keys', {
    headers: { 'Idempotency-Key': idempotencyKey },
    body: { name: idempotencyKey, service: 'keyward', permissions: ['apiKeys:read'] },
  });

/** Calls back at each question that a node's pool asks the database. */
function watchQuestions(node: ClusterMember, heed: (count: number) => void): void {
  let count = 0;
  node.proxy.watch((applicationName) => {
    if (applicationName === 'keyward') {
      count += 1;
      heed(count);
    }
  });
}

/** How many questions the making of one key takes. */
async function countQuestions(node: ClusterMember): Promise<number> {
  let asked = 0;
  watchQuestions(node, (count) => {
    asked = count;
  });
  await create(node, uniqueName('counted'));
  node.proxy.watch(() => {});
  return asked;
}

/** Makes a key at a node that is killed when it has asked the database for the nth time. */
async function createAndKill(node: ClusterMember, step: number): Promise<Attempt> {
  const idempotencyKey = uniqueName('killed');
  watchQuestions(node, (count) => {
    if (count === step) process.kill(node.pid, 'SIGKILL');
  });
  const answer = await create(node, idempotencyKey).catch(() => null);
  node.proxy.watch(() => {});
  return { idempotencyKey, secret: answer?.body.secret ?? null };
}

/** How many keys there are of this intent, by the database itself. */
async function countKeys(idempotencyKey: string): Promise<number> {
  const rows = await cluster.database.execute(
    `select id from keys where name = '${idempotencyKey}'`,
  );
  return rows.length;
}

/** Sends the same again, as whoever saw no answer does, until no other is making it. */
async function retry(node: ClusterMember, idempotencyKey: string) {
  const isOver = async () => {
    const answer = await create(node, idempotencyKey);
    return answer.status === 201 ? answer.body : null;
  };
  await expect.poll(isOver, { timeout: 10_000 }).not.toBeNull();
  return (await create(node, idempotencyKey)).body;
}

test('10: kill -9 at a step of create leaves the key stored or absent, and a retry with the same Idempotency-Key one key', {
  timeout: 120_000,
}, async () => {
  const [first, second, survivor] = cluster.nodes;
  const last = await countQuestions(survivor);
  // The beginning, the middle, and each of the last, where the commit and the wait for the nodes are.
  const rounds = [
    [2, Math.ceil(last / 2)],
    [last - 3, last - 2],
    [last - 1, last],
  ] as const;
  for (const steps of rounds) {
    await Promise.all([first.ready(), second.ready()]);
    const attempts = await Promise.all([
      createAndKill(first, steps[0]),
      createAndKill(second, steps[1]),
    ]);
    for (const { idempotencyKey, secret } of attempts) {
      const stored = await countKeys(idempotencyKey);
      // What was shown is stored, and works on every node that lives.
      if (secret !== null) {
        expect(stored).toBe(1);
        expect(await survivor.verify({ secret })).toBe('VALID');
      }
      const again = await retry(survivor, idempotencyKey);
      expect(again.key.name).toBe(idempotencyKey);
      expect(await countKeys(idempotencyKey)).toBe(1);
    }
    if (steps !== rounds.at(-1)) await Promise.all([first.restart(), second.restart()]);
  }
});
