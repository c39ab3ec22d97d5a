import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestContext } from 'vitest';

/** Where the real data lies: KBALERTZ_DATA, else `../shared/data` beside the project. It is read there, never copied. */
export const dataFolder = process.env.KBALERTZ_DATA ?? resolve(import.meta.dirname, '../../../shared/data');

/** The path of a file of the real data; skips the test with the reason where it is absent. */
export function requireData(name: string, context: TestContext): string {
  const path = join(dataFolder, name);
  if (!existsSync(path)) context.skip(`${path} is absent: set KBALERTZ_DATA to the folder of the real data`);
  return path;
}
