import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFull } from '../tests/sizes.ts';

/**
 * Runs the checks, then the everyday tests (with KBALERTZ_TESTS=full all tests at full length, those on real data as
 * well; else those named on the command line), and ends with one line of counts. Each check counts as one test. Exit status 0 only if nothing failed and something ran.
 */
const named = process.argv.slice(2);
const counts = { passed: 0, failed: 0, skipped: 0 };

if (named.length === 0) {
  countCheck('format and lint', 'biome', ['check', '--error-on-warnings', '.']);
  countCheck('types', 'tsc', ['-p', '.']);
}
countTests();

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

function countCheck(name: string, command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) counts.passed++;
  else {
    counts.failed++;
    console.log(`Check failed: ${name}. "npm run format" mends what can be mended by itself.`);
  }
}

function countTests(): void {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-tests-'));
  const file = join(folder, 'results.json');
  const args = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...(named.length > 0 || isFull ? named : ['--project=!corpus']),
  ];
  const { status } = spawnSync('vitest', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numFailedTestSuites: number;
    };
    counts.passed += results.numPassedTests;
    counts.failed += results.numFailedTests;
    counts.skipped += results.numPendingTests;
    // A suite that breaks outside its tests, or an error that no test owns, has no failed test to its name.
    if (status !== 0 && results.numFailedTests === 0) counts.failed++;
  } catch {
    counts.failed++; // the runner died before it wrote its results; it has said why above
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
