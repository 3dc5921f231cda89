import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { startInstance } from './start-instance.ts';
import { type NodeOptions, type RunningNode, startNode } from './start-node.ts';

export type RunningKeyward = RunningNode;

/** Starts everything in this process. What fails on the way takes down what was started before. */
export async function startKeyward(
  config: Config,
  logger: Logger,
  options: NodeOptions = {},
): Promise<RunningKeyward> {
  await using started = new AsyncDisposableStack();
  const instance = await startInstance(config, logger);
  started.defer(() => instance.stop());
  const node = await startNode(config, instance.databaseUrl, logger, options);
  started.defer(() => node.stop());
  const stack = started.move();
  return { url: node.url, stop: () => stack.disposeAsync() };
}
