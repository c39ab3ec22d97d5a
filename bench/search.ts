/**
 * The search beside SQLite's FTS5 and MiniSearch, in one run, on the same documents (every revision of the bundle)
 * and the same queries. Exit status 1 where a threshold is missed.
 *
 *     node bench/search.ts [--bundle FILE] [--queries FILE] [--without-minisearch]
 *
 * The bundle and the queries are those of KBALERTZ_DATA or ../shared/data unless told.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSearchSnapshot } from '../src/entry/search-snapshot.ts';
import { asId } from '../src/knowledge/ids.ts';
import { createDocumentReader } from '../src/knowledge/reading/create-document-reader.ts';
import { curatedTechnologies } from '../src/knowledge/technologies/curated-tree.ts';
import { listSynonymGroups } from '../src/knowledge/technologies/synonym-groups.ts';
import { buildSegments, openSegments } from '../src/search/build-index.ts';
import { createSearch } from '../src/search/create-search.ts';
import type { SearchDocument } from '../src/search/search-document.ts';
import { createAnalysers, openIndex } from '../src/search/search-index.ts';
import type { Vocabulary } from '../src/search/vocabulary.ts';
import { readAllRevisions } from './corpus-revisions.ts';
import { type Engine, measureQueries, type TimedQuery } from './search-engines/engine.ts';
import { createFts5 } from './search-engines/fts5.ts';
import { createMiniSearch } from './search-engines/mini-search.ts';
import { measureInOwnProcess } from './search-engines/own-process.ts';
import { makeSavedSearches, measureSavedSearches } from './search-engines/saved-searches.ts';

const { values: options } = parseArgs({
  options: {
    bundle: { type: 'string' },
    queries: { type: 'string' },
    'without-minisearch': { type: 'boolean', default: false },
  },
});
const shared = process.env.KBALERTZ_DATA ?? resolve(import.meta.dirname, '../../shared/data');
const bundle = options.bundle ?? join(shared, 'office-kb.bundle');
const queries: TimedQuery[] = JSON.parse(
  readFileSync(options.queries ?? join(shared, 'search-queries.json'), 'utf8'),
);
const print = (line = '') => process.stdout.write(`${line}\n`);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const missed: string[] = [];

function judge(what: string, value: number, most: number, unit: string): void {
  const isMet = value <= most;
  if (!isMet) missed.push(what);
  print(
    `  ${isMet ? 'met   ' : 'MISSED'}  ${what}: ${value.toFixed(2)} ${unit} (at most ${Number(most.toFixed(2))} ${unit})`,
  );
}

const documents = readDocuments();
const textBytes = documents.reduce((sum, document) => sum + measureText(document), 0);
print(
  `${documents.length} documents, ${megabytes(textBytes)} of text without markup; ${queries.length} queries; load of the machine ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`,
);

const vocabulary = makeVocabulary();
const builds = [1, 2].map(() => ({ fts5: timeBuild(() => createFts5(documents)), own: timeBuild(buildOwn) }));
const fts5 = findFastest(builds.map((build) => build.fts5));
const own = findFastest(builds.map((build) => build.own));
print();
print(
  `index build, the faster of two in turn, processor time (and clock): FTS5 ${seconds(fts5.ms)} (${seconds(fts5.clockMs)}), kbalertz ${seconds(own.ms)} (${seconds(own.clockMs)})`,
);
judge('index build beside FTS5', own.ms / fts5.ms, 2, 'times its time');

print();
const timings = measureQueries([own.made.engine, fts5.made], queries, { rounds: 7 });
for (const line of timings.table) print(line);
const [ownTimes, ftsTimes] = timings.engines;
const ratio = (ftsTimes?.wordsMedianMs ?? 0) / (ownTimes?.wordsMedianMs ?? 1);
print(`queries of words (titles, link texts): FTS5 takes ${ratio.toFixed(0)} times as long at the median`);
judge('time beside FTS5, queries of words, median', 100 / ratio, 100 / 30, '% of its time');
judge('99th percentile of all queries', ownTimes?.p99Ms ?? Number.POSITIVE_INFINITY, 5, 'ms');

print();
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-bench-search-'));
try {
  const file = join(folder, 'search.snapshot');
  await writeSearchSnapshot(file, {
    segments: own.made.segments,
    through: asId(1),
    throughMark: '',
    basis: '',
  });
  const { loadMs, memoryBytes } = await measureInOwnProcess({ file, queries, vocabulary });
  print(
    `own process: snapshot loaded and searchable in ${loadMs.toFixed(0)} ms, ${megabytes(memoryBytes)} of memory`,
  );
  judge('snapshot load', loadMs / 1000, 1, 's');
  judge('memory beside the text', (100 * memoryBytes) / textBytes, 60, '% of its size');

  print();
  const size = { searches: 1_000_000, changed: 200 };
  const task = { ...makeSavedSearches(documents, size), vocabulary };
  const saved = await measureSavedSearches(task, join(folder, 'saved-searches.json'));
  print(
    `${size.searches} saved searches of 1 to 4 terms, ${size.changed} changed articles, the fastest of three, processor time: compiled and filed in ${seconds(saved.compileMs)}, matched in ${seconds(saved.matchMs)}, ${saved.matches} matches`,
  );
  judge('saved searches, compiled and matched', (saved.compileMs + saved.matchMs) / 1000, 3, 's');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (!options['without-minisearch']) {
  print();
  const mini = timeBuild(() => createMiniSearch(documents));
  print(`MiniSearch: index build ${seconds(mini.ms)}`);
  for (const line of measureQueries([own.made.engine, mini.made], queries, { rounds: 1 }).table) print(line);
}

print();
print(missed.length === 0 ? 'All thresholds are met.' : `Missed: ${missed.join('; ')}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function readDocuments(): SearchDocument[] {
  const read = createDocumentReader({ maxCharacters: 50_000_000 });
  const technologyIds = new Map<string, number>();
  const idOf = (name: string) => {
    technologyIds.set(name, technologyIds.get(name) ?? technologyIds.size + 1);
    return technologyIds.get(name) ?? 0;
  };
  return readAllRevisions(bundle)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, text }, at) => {
      const document = read({ format: 'markdown', text, includes: {}, facts: {} }, path);
      const day = Date.parse(document.vendorDate ?? '2020-01-01');
      return {
        articleId: asId(at + 1),
        sourceId: asId(1),
        key: path,
        url: null,
        isRetired: false,
        document,
        formerNames: [],
        technologies: document.appliesTo.map((name) => asId(idOf(name))),
        createdAt: asId(day),
        changedAt: asId(day),
        hasRemedy: false,
      };
    });
}

function measureText({ document }: SearchDocument): number {
  let text = document.title + (document.description ?? '');
  for (const { heading, blocks } of document.sections) {
    text += heading;
    for (const block of blocks) text += block.text;
  }
  return Buffer.byteLength(text);
}

function makeVocabulary(): Vocabulary {
  return { groups: listSynonymGroups(curatedTechnologies), technologies: [], sources: [] };
}

function buildOwn() {
  const analyserOf = createAnalysers(vocabulary);
  const segments = buildSegments(documents, analyserOf);
  const index = openIndex(openSegments(segments, analyserOf), vocabulary, analyserOf);
  const search = createSearch(index);
  const engine: Engine = {
    name: 'kbalertz, with facets and snippets',
    search: (query) => search.search({ query, limit: 10 }).hits.length,
  };
  return { segments, engine };
}

/** Processor time of the thread: other work on the machine stretches the clock, and not that of all alike. */
type Build<Made> = { readonly made: Made; readonly ms: number; readonly clockMs: number };

function findFastest<Made>(builds: readonly Build<Made>[]): Build<Made> {
  return builds.reduce((best, build) => (build.ms < best.ms ? build : best));
}

function timeBuild<Made>(make: () => Made): Build<Made> {
  const startMs = performance.now();
  const before = process.threadCpuUsage();
  const made = make();
  const { user, system } = process.threadCpuUsage(before);
  return { made, ms: (user + system) / 1000, clockMs: performance.now() - startMs };
}
