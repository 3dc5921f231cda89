import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Replaces modules, and so needs its own. */
const isolated = ['store/sign-in-throttle.test.ts'];

/** What starts whole installations comes first: else one of them runs alone at the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => Number(moduleId.includes('/process/'));
    return (await super.sort(files)).toSorted((one, other) => isSlow(other) - isSlow(one));
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    pool: 'forks',
    // Files of one worker share what they import, not what they do: each has a database and servers of its own.
    isolate: false,
    // One more than the processors of a small machine: many tests wait for a lease, a flush or a window.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    sequence: { shuffle: false, sequencer: SlowFirst },
    reporters: ['default'],
    // So that a run of unit tests alone starts no PostgreSQL.
    projects: [
      { extends: true, test: { name: 'unit', include: ['unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['**/*.test.ts'],
          exclude: ['unit/**', ...isolated, '**/node_modules/**'],
          globalSetup: ['support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: isolated,
          isolate: true,
          globalSetup: ['support/global-setup.ts'],
        },
      },
    ],
  },
});
