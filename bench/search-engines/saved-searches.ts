import { createSavedSearchMatcher } from '../../src/search/match-saved-searches.ts';
import type { SearchDocument } from '../../src/search/search-document.ts';
import type { Vocabulary } from '../../src/search/vocabulary.ts';
import { textOf } from './text-of.ts';

export type SavedSearchTimes = {
  readonly searches: number;
  readonly changed: number;
  readonly matches: number;
  readonly compileMs: number;
  readonly matchMs: number;
};

/** Makes saved searches of words of the documents and matches them with some of the documents. */
export function measureSavedSearches(task: {
  readonly documents: readonly SearchDocument[];
  readonly vocabulary: Vocabulary;
  readonly searches: number;
  readonly changed: number;
}): SavedSearchTimes {
  const random = createRandom(7);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const { common, rare } = listWords(task.documents);
  const queries = Array.from({ length: task.searches }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random() < 0.5 ? common : rare)).join(
      ' ',
    ),
  );
  const changed = Array.from({ length: task.changed }, () => pick(task.documents)).filter(
    (each) => each !== undefined,
  );

  const matcher = createSavedSearchMatcher<number>(task.vocabulary);
  let startMs = performance.now();
  for (const [id, query] of queries.entries()) matcher.add({ id, query });
  // Searches are compiled for a language when its first document comes.
  matcher.match(matcher.open(changed.slice(0, 1)), () => {});
  const compileMs = performance.now() - startMs;

  let matches = 0;
  startMs = performance.now();
  matcher.match(matcher.open(changed), () => {
    matches += 1;
  });
  const matchMs = performance.now() - startMs;
  return { searches: queries.length, changed: changed.length, matches, compileMs, matchMs };
}

/** Words of titles as often as they stand there, and all words of the texts once each; no short ones. */
function listWords(documents: readonly SearchDocument[]): { common: string[]; rare: string[] } {
  const common: string[] = [];
  const rare = new Set<string>();
  for (let at = 0; at < documents.length; at += 10) {
    const document = documents[at];
    if (!document) continue;
    for (const [word] of document.document.title.toLowerCase().matchAll(/\p{L}{4,}/gu)) common.push(word);
    for (const [word] of textOf(document)
      .toLowerCase()
      .matchAll(/\p{L}{4,}/gu))
      rare.add(word);
  }
  return { common, rare: [...rare] };
}

/** Lehmer's generator: the same searches in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
