import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Tool = { readonly path: string; readonly missingBecause: string | null };

/** A program of the system that a test needs. In CI its absence is a failure, elsewhere the test skips and says why. */
export function findTool(name: string): Tool {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const path = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  const isMissing = path === undefined && process.env.CI !== 'true';
  return { path: path ?? name, missingBecause: isMissing ? ` (no ${name} here)` : null };
}
