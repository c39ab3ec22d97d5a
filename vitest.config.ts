import { defineConfig } from 'vitest/config';

/**
 * unit: beside the code, no service but the test databases. whole: whole-program tests, browser, crash.
 * corpus: tests on the real data where it is present (see tests/corpus/data.ts).
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/databases/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts', 'tests/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/whole/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'corpus',
          include: ['tests/corpus/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
