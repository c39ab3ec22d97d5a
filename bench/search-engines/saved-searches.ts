import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchDocument } from '../../src/search/search-document.ts';
import type { Vocabulary } from '../../src/search/vocabulary.ts';
import { textOf } from './text-of.ts';

export type SavedSearchTask = {
  readonly queries: readonly string[];
  readonly changed: readonly SearchDocument[];
  readonly vocabulary: Vocabulary;
};

/** Times of the fastest round. */
export type SavedSearchTimes = {
  readonly matches: number;
  readonly compileMs: number;
  readonly matchMs: number;
};

/** Makes saved searches of words of the documents, and takes some documents as changed. */
export function makeSavedSearches(
  documents: readonly SearchDocument[],
  { searches, changed }: { searches: number; changed: number },
): Pick<SavedSearchTask, 'queries' | 'changed'> {
  const random = createRandom(7);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const { common, rare } = listWords(documents);
  const makeQuery = () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(random() < 0.5 ? common : rare)).join(
      ' ',
    );
  return {
    queries: Array.from({ length: searches }, makeQuery),
    changed: Array.from({ length: changed }, () => pick(documents)).filter((each) => each !== undefined),
  };
}

/** Compiles, files and matches them in a process that does nothing else, as the worker does. */
export async function measureSavedSearches(task: SavedSearchTask, file: string): Promise<SavedSearchTimes> {
  writeFileSync(file, JSON.stringify(task));
  const child = fork(join(import.meta.dirname, 'match-saved-searches.ts'), [file]);
  const [report] = await once(child, 'message');
  child.disconnect();
  return report as SavedSearchTimes; // match-saved-searches.ts sends nothing else
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
