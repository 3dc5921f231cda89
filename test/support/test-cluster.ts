import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { createTestDatabase } from './test-database.ts';

/** A cluster on a database of its own, for a test file. */
export async function startTestCluster(options: ClusterOptions = {}): Promise<Cluster> {
  await using started = new AsyncDisposableStack();
  const { url } = started.use(await createTestDatabase());
  const cluster = started.use(await startCluster(url, options));
  const stack = started.move();
  return { ...cluster, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
