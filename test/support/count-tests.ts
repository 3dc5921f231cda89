import type { TestModule, TestSuite } from 'vitest/node';

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Counts test cases. A file or suite that broke outside its tests (it did not load, a hook threw)
 * counts as one failure, and so does each error that belongs to no test.
 */
export function countTests(modules: readonly TestModule[], unhandledErrors: number): TestCounts {
  const counts: TestCounts = { passed: 0, failed: unhandledErrors, skipped: 0 };
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // A test still pending when the run was stopped counts as nothing.
      if (state !== 'pending') counts[state] += 1;
    }
    const groups: (TestModule | TestSuite)[] = [module, ...module.children.allSuites()];
    counts.failed += groups.filter((group) => group.errors().length > 0).length;
  }
  return counts;
}

/** The line a test run ends with: `N passed, N failed`, with `, N skipped` after it if there are any. */
export function describeCounts({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
