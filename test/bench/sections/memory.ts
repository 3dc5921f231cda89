import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { applyLoad } from '../load/apply-load.ts';
import { quantile } from '../load/statistics.ts';
import { touchAll } from '../load/touch-all.ts';
import { eachOnce, isValid } from '../load/verify-requests.ts';
import { rowsOf } from '../report/row.ts';
import { say } from '../report/say.ts';
import { startKeyward } from '../stage/processes.ts';
import { seededDatabase } from './largest-database.ts';
import type { Section } from './section.ts';

const answerMemory = new URL('../stage/answer-memory.mjs', import.meta.url).href;
const warmUpCount = 1000;
const coldCount = 1000;
/** Counts are flushed each second, and what they took is free again after that. */
const restMilliseconds = 5000;

/** A key's first verification, and what a server remembers of it. */
export const memory: Section = {
  name: 'memory',
  async run(stage, { touched, connections }) {
    const { callerSecret } = stage;
    const { databaseUrl, secrets } = await seededDatabase(stage, warmUpCount + coldCount + touched);
    await using keyward = await startKeyward(databaseUrl, {
      nodeArguments: ['--expose-gc', '--import', answerMemory],
    });
    const touch = (some: readonly string[]) =>
      touchAll(keyward.url, callerSecret, some, connections);

    await touch(secrets.slice(0, warmUpCount));
    say('  cold keys, one at a time');
    const { milliseconds } = await applyLoad({
      urls: [keyward.url],
      connections: 1,
      next: eachOnce(callerSecret, secrets.slice(warmUpCount, warmUpCount + coldCount)),
      isRight: isValid,
    });
    const before = await weigh(keyward.process);
    await touch(secrets.slice(warmUpCount + coldCount));
    const after = await weigh(keyward.process);

    const cold = rowsOf('cold');
    const row = rowsOf('memory');
    const used = (usage: NodeJS.MemoryUsage) => usage.heapUsed + usage.external;
    return [
      cold.milliseconds("a key's first verification, p50", quantile(milliseconds, 0.5)),
      cold.milliseconds("a key's first verification, p99", quantile(milliseconds, 0.99)),
      row.bytes(
        `a cached key, of ${touched.toLocaleString('en')}: heap and external, after a collection`,
        (used(after) - used(before)) / touched,
        { atMost: 1024 },
      ),
      row.bytes('a cached key: resident memory', (after.rss - before.rss) / touched),
    ];
  },
};

async function weigh(server: ChildProcess): Promise<NodeJS.MemoryUsage> {
  await delay(restMilliseconds);
  const answer = once(server, 'message', { signal: AbortSignal.timeout(30_000) });
  server.send('weigh');
  const [usage] = await answer;
  return usage;
}
