import { readFileSync } from 'node:fs';
import { createSavedSearchMatcher } from '../../src/search/match-saved-searches.ts';
import type { SavedSearchTask, SavedSearchTimes } from './saved-searches.ts';

// The body of saved-searches.ts: a process that knows of saved searches and changed articles, and nothing else.
const rounds = 3;
// saved-searches.ts writes nothing else
const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as SavedSearchTask;
const all = Array.from({ length: rounds }, measure);
process.send?.(all.toSorted((a, b) => a.compileMs + a.matchMs - b.compileMs - b.matchMs)[0]);

function measure(): SavedSearchTimes {
  const { queries, changed, vocabulary } = task;
  const matcher = createSavedSearchMatcher<number>(vocabulary);
  let matches = 0;
  const compileMs = measureMs(() => {
    for (let id = 0; id < queries.length; id += 1) matcher.add({ id, query: queries[id] ?? '' });
    // Searches are compiled for a language when its first document comes.
    matcher.match(matcher.open(changed.slice(0, 1)), () => {});
  });
  const matchMs = measureMs(() => {
    matcher.match(matcher.open(changed), () => {
      matches += 1;
    });
  });
  return { matches, compileMs, matchMs };
}

/** Processor time of the thread: other work on the machine stretches the clock. */
function measureMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
