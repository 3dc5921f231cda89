import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    pool: 'forks',
    // Files of one worker share what they import, not what they do: each has a database and servers of its own.
    isolate: false,
    // One more than the processors of a small machine: many tests wait for a lease, a flush or a window.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    sequence: { shuffle: false },
    reporters: ['default'],
    // Two projects, so that a run of unit tests alone starts no PostgreSQL.
    projects: [
      { extends: true, test: { name: 'unit', include: ['unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['**/*.test.ts'],
          exclude: ['unit/**', '**/node_modules/**'],
          globalSetup: ['support/global-setup.ts'],
        },
      },
    ],
  },
});
