import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { memoryFolder } from './tests/databases/memory-folder.ts';

// Of tests and of what they start.
if (memoryFolder !== null) process.env.TMPDIR ??= memoryFolder;

const databases = { globalSetup: ['tests/databases/global-setup.ts'] };

/**
 * house: rules of the code base itself. unit: beside the code, no service but the test databases.
 * whole: whole-program tests, browser, crash. corpus: tests on real data where it is present.
 */
export default defineConfig({
  test: {
    maxWorkers: '100%', // one less than the machine has is the default: half of a machine with two
    // Programs that tests start keep their compiled code from one start to the next.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled') },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'house', include: ['tests/house/**/*.test.ts'] } },
      // A file of its own world each would read the same modules again, a fifth of the time: they keep no state.
      { extends: true, test: { name: 'unit', isolate: false, include: ['src/**/*.test.ts'], ...databases } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/whole/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          ...databases,
        },
      },
      {
        extends: true,
        test: {
          name: 'corpus',
          include: ['tests/corpus/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 300_000,
          ...databases,
        },
      },
    ],
  },
});
