import { readSearchSnapshot } from '../../src/entry/search-snapshot.ts';
import { createSearch } from '../../src/search/create-search.ts';
import { openPart } from '../../src/search/index/overlay.ts';
import { joinSegments } from '../../src/search/newest-segments.ts';
import { createAnalysers, openIndex } from '../../src/search/search-index.ts';
import type { LoadReport, LoadTask } from './own-process.ts';

// The body of own-process.ts: a process that loads an index and searches in it, and nothing else.
process.once('message', async (message) => {
  const { file, queries, vocabulary } = message as LoadTask; // own-process.ts sends nothing else
  // Code and tables that do not grow with the documents are loaded before anything is counted.
  createAnalysers(vocabulary)('en').analyse('warm');
  const before = countMemory();
  const startMs = performance.now();
  const state = await readSearchSnapshot(file);
  if (!state) throw new Error(`${file} can't be read back.`);
  const analyserOf = createAnalysers(vocabulary);
  const parts = joinSegments(state.segments, analyserOf).parts.map(({ segment, overlay }) =>
    openPart(segment, overlay),
  );
  const search = createSearch(openIndex(parts, vocabulary, analyserOf));
  search.search({ query: 'outlook', limit: 10 });
  const loadMs = performance.now() - startMs;
  for (const { query } of queries) search.search({ query, limit: 10 });
  // Node counts no shared buffers.
  const shared = parts.reduce(
    (sum, part) => sum + part.segment.buffer.byteLength + part.overlay.buffer.byteLength,
    0,
  );
  const report: LoadReport = { loadMs, memoryBytes: countMemory() - before + shared };
  process.send?.(report);
});

/** Heap and buffers in use, after everything that is not was cleared. */
function countMemory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
