import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundleNode } from './bundle-node.ts';
import type { NodeMessage, NodeOrder, NodeReady } from './cluster-node.ts';

const clockPreload = fileURLToPath(new URL('./shift-clock.ts', import.meta.url));

/** What a node may be started with beside its database. */
export interface ProcessOptions extends NodeOrder {
  /** By how much its wall clock is wrong. */
  clockShiftMilliseconds?: number;
}

export interface ClusterProcess {
  pid: number;
  url: string;
  /** All that it has logged so far. */
  log(): string;
  signal(signal: NodeJS.Signals): void;
  /** Sends a message and waits until it has been acted on. */
  tell(message: NodeMessage): Promise<void>;
  /** Kills it, whatever state it is in, and waits for its end. */
  kill(): Promise<void>;
  /** Resolves with its exit code, or null where a signal ended it. */
  ended: Promise<number | null>;
}

const living = new Set<ChildProcess>();
let bundled: Promise<string> | undefined;
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts a node in a process of its own, and waits until it serves. */
export async function startClusterProcess({
  clockShiftMilliseconds = 0,
  ...order
}: ProcessOptions): Promise<ClusterProcess> {
  bundled ??= bundleNode();
  const program = await bundled;
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const child = fork(program, [JSON.stringify(order)], {
    execArgv: clockShiftMilliseconds === 0 ? [] : ['--import', clockPreload],
    env: { ...environment, CLOCK_SHIFT_MILLISECONDS: String(clockShiftMilliseconds) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  living.add(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      log += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      living.delete(child);
      resolve(code);
      if (code !== null && code !== 0)
        console.error(`A node ended with ${code}:\n${log.slice(-4000)}`);
    }),
  );
  const died = ended.then((code) => {
    throw new Error(`A node ended with ${code} before it served:\n${log}`);
  });
  const [ready]: NodeReady[] = await Promise.race([once(child, 'message'), died]);
  died.catch(() => {});
  if (child.pid === undefined || ready === undefined) {
    throw new Error('A node did not start.');
  }
  return {
    pid: child.pid,
    url: ready.url,
    log: () => log,
    signal: (signal) => void child.kill(signal),
    async tell(message) {
      const done = once(child, 'message');
      child.send(message);
      await done;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
