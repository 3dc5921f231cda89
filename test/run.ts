import { fileURLToPath } from 'node:url';
import { createVitest, parseCLI, type Vitest } from 'vitest/node';
import { countTests, describeCounts, type TestCounts } from './support/count-tests.ts';

/** What Vitest throws, after saying so, when no file matches the arguments. */
const noFilesCode = 'VITEST_FILES_NOT_FOUND';

/**
 * Runs the tests; arguments are Vitest's own: `npm test -- unit`, `npm test -- -t 'a name'`.
 * The last line printed is `N passed, N failed`; no test at all is a failure.
 */
async function run(argv: string[]): Promise<TestCounts> {
  const { filter, options } = parseCLI(['vitest', ...argv]);
  const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
  const vitest = await createVitest({ ...options, config, run: true, watch: false });
  stopOnSignal(vitest);
  let startError: unknown = null;
  try {
    await vitest.start(filter);
  } catch (error) {
    startError = error;
    const isEmpty = error instanceof Error && 'code' in error && error.code === noFilesCode;
    if (!isEmpty) console.error(error);
  } finally {
    await vitest.close();
  }
  const counts = countTests(
    vitest.state.getTestModules(),
    vitest.state.getUnhandledErrors().length,
  );
  return startError === null ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

/** Ends the run early on Ctrl-C, but not before what it started is stopped; a second one does not wait. */
function stopOnSignal(vitest: Vitest): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Vitest's own handlers end the process at once, and would leave the databases' folder behind.
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (isInterrupted) process.exit(130);
      isInterrupted = true;
      void vitest.cancelCurrentRun('keyboard-input');
    });
  }
}

let isInterrupted = false;
// The tests start some hundred processes, most of whose start is the reading of the same modules.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/compiled', import.meta.url),
);
const counts = await run(process.argv.slice(2)).catch((error: unknown): TestCounts => {
  console.error(error);
  return { passed: 0, failed: 1, skipped: 0 };
});
if (counts.passed + counts.failed === 0) console.error('No test ran.');
console.log(describeCounts(counts));
if (isInterrupted) process.exit(130);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : process.exitCode);
