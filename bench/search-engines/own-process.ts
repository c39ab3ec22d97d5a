import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Vocabulary } from '../../src/search/vocabulary.ts';
import type { TimedQuery } from './engine.ts';

export type LoadTask = {
  readonly file: string;
  readonly queries: readonly TimedQuery[];
  readonly vocabulary: Vocabulary;
};
export type LoadReport = { readonly loadMs: number; readonly memoryBytes: number };

/** Loads a snapshot in a process that does nothing else, asks it all queries, and measures time and memory. */
export async function measureInOwnProcess(task: LoadTask): Promise<LoadReport> {
  const child = fork(join(import.meta.dirname, 'load-snapshot.ts'), { execArgv: ['--expose-gc'] });
  child.send(task);
  const [report] = await once(child, 'message');
  child.disconnect();
  return report as LoadReport; // load-snapshot.ts sends nothing else
}
