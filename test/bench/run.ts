import { writeFile } from 'node:fs/promises';
import { type Flags, readFlags, usage } from './flags.ts';
import { describeMachine } from './machine.ts';
import { resultsPage } from './report/results-page.ts';
import type { Row } from './report/row.ts';
import { say } from './report/say.ts';
import { textTable } from './report/table.ts';
import { limits } from './sections/limits.ts';
import { memory } from './sections/memory.ts';
import { pages } from './sections/pages.ts';
import { revoke } from './sections/revoke.ts';
import type { Section } from './sections/section.ts';
import { sizes } from './sections/sizes.ts';
import { verify } from './sections/verify.ts';
import { openStage, type Stage } from './stage/open-stage.ts';
import { killAll } from './stage/processes.ts';

const sections: readonly Section[] = [verify, limits, revoke, memory, sizes, pages];
/** Set by Ctrl-C, after which nothing more is started or said. */
let isEnding = false;
const resultsFile = new URL('RESULTS.md', import.meta.url);

/** Runs the sections that were asked for; one that fails leaves the others their figures. */
async function measure(stage: Stage, flags: Flags): Promise<{ rows: Row[]; failed: boolean }> {
  const rows: Row[] = [];
  let failed = false;
  for (const section of sections) {
    if (isEnding) break;
    if (flags.only !== null && !flags.only.includes(section.name)) continue;
    say(section.name);
    try {
      rows.push(...(await section.run(stage, flags)));
    } catch (error) {
      failed = true;
      if (!isEnding)
        say(`  ${section.name} failed: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return { rows, failed };
}

async function main(): Promise<void> {
  const flags = chooseFlags();
  const unknown = flags.only?.filter((name) => !sections.some((section) => section.name === name));
  if (unknown !== undefined && unknown.length > 0) {
    throw new Error(`No section is called ${unknown.join(', ')}.`);
  }
  say('starting PostgreSQL');
  const opening = openStage();
  endOnSignal(opening);
  await using stage = await opening;
  const { rows, failed } = await measure(stage, flags);
  if (isEnding) return;
  const machine = describeMachine(stage.postgresVersion);
  console.log(`${machine.join('\n')}\n\n${textTable(rows)}`);
  if (failed) {
    say('A section failed, so nothing was written.');
    process.exitCode = 1;
  } else if (flags.write) {
    await writeFile(resultsFile, resultsPage(rows, machine, flags));
    say('RESULTS.md is written.');
  }
}

function chooseFlags(): Flags {
  try {
    return readFlags(process.argv.slice(2));
  } catch (error) {
    say(usage);
    throw error;
  }
}

/** Ends what was started, by its own process id, and takes the database away. */
function endOnSignal(opening: Promise<Stage>): void {
  const end = async (code: number) => {
    isEnding = true;
    killAll();
    const stage = await opening.catch(() => null);
    await stage?.[Symbol.asyncDispose]();
    process.exit(code);
  };
  process.once('SIGINT', () => void end(130));
  process.once('SIGTERM', () => void end(143));
}

main().then(
  () => isEnding || process.exit(),
  (error: unknown) => {
    if (isEnding) return;
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
