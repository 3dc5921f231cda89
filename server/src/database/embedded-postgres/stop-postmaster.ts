import { setTimeout as delay } from 'node:timers/promises';
import { inspectPostmaster } from './inspect-postmaster.ts';

const timeoutMilliseconds = 120_000;
const pollMilliseconds = 25;
const signalMilliseconds = 1000;

/**
 * Ends the server of a cluster by a fast shutdown (SIGINT), and waits until its process is gone.
 * A server that already shuts down is waited for. Throws when it still runs after two minutes.
 */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  const deadline = performance.now() + timeoutMilliseconds;
  let nextSignal = 0;
  while ((await inspectPostmaster(cluster))?.pid === pid) {
    const now = performance.now();
    if (now > deadline) {
      throw new Error(
        `PostgreSQL (pid ${pid}) does not shut down: end it with kill -QUIT ${pid}, ` +
          'which loses no committed data, and start again.',
      );
    }
    // Repeated, because a server that has only just begun does not hear the first one.
    if (now >= nextSignal) {
      signal(pid);
      nextSignal = now + signalMilliseconds;
    }
    await delay(pollMilliseconds);
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
