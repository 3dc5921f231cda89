import { applyLoad } from '../load/apply-load.ts';
import { quantile } from '../load/statistics.ts';
import { request } from '../load/verify-requests.ts';
import { rowsOf } from '../report/row.ts';
import { say } from '../report/say.ts';
import { startKeyward } from '../stage/processes.ts';
import { seededKeyId } from '../stage/seed-keys.ts';
import { seededDatabase } from './largest-database.ts';
import type { Section } from './section.ts';

const warmUpCount = 10;
const pieces = 5;

/** How long a DELETE takes until it may say that no node accepts the key any more. */
export const revoke: Section = {
  name: 'revoke',
  async run(stage, { samples }) {
    await using started = new AsyncDisposableStack();
    const deletions = Math.max(10, samples / 4);
    const clusters: { nodes: number; url: string; milliseconds: number[]; next(): string }[] = [];
    for (const nodes of [1, 3]) {
      const { databaseUrl } = await seededDatabase(stage, warmUpCount + deletions);
      const servers = [];
      while (servers.length < nodes) servers.push(started.use(await startKeyward(databaseUrl)));
      const url = servers[0]?.url ?? '';
      clusters.push({ nodes, url, milliseconds: [], next: eachDeletion(stage.callerSecret) });
    }
    for (const cluster of clusters) await remove(cluster, warmUpCount);
    // In turns, as everywhere.
    for (let piece = 0; piece < pieces; piece += 1) {
      for (const cluster of clusters) {
        cluster.milliseconds.push(...(await remove(cluster, deletions / pieces)));
        say(`  ${cluster.milliseconds.length} deletions with ${cluster.nodes} node(s)`);
      }
    }
    const row = rowsOf('revoke');
    return clusters.flatMap(({ nodes, milliseconds }) => {
      const sorted = Float64Array.from(milliseconds).sort();
      const name = `DELETE of a key until it returns, ${nodes === 1 ? 'one node' : `${nodes} nodes`}`;
      const target = nodes === 3 ? { atMost: 15 } : {};
      return [
        row.milliseconds(`${name}, p50`, quantile(sorted, 0.5), target),
        row.milliseconds(`${name}, p95`, quantile(sorted, 0.95)),
      ];
    });
  },
};

async function remove(cluster: { url: string; nodes: number; next(): string }, count: number) {
  let asked = 0;
  const { milliseconds } = await applyLoad({
    urls: [cluster.url],
    connections: 1,
    next() {
      asked += 1;
      return asked > count ? null : cluster.next();
    },
    isRight: ({ status, body }) => status === 200 && isRevoked(body, cluster.nodes),
  });
  return milliseconds;
}

/** A node that was not waited for would make the wait shorter than it is. */
function isRevoked(body: string, nodes: number): boolean {
  const { key, receipt } = JSON.parse(body);
  return key.status === 'revoked' && receipt.nodes === nodes;
}

function eachDeletion(callerSecret: string): () => string {
  let index = 0;
  return () => {
    const id = seededKeyId(index);
    index += 1;
    return request('DELETE', `/v1/keys/${id}`, callerSecret);
  };
}
