import type { ArticleDraft } from '../knowledge/article.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createScanner, type Scanner } from '../knowledge/scanning/create-scanner.ts';
import type { Snapshot, Source, SourceReader } from '../knowledge/source.ts';
import { createTechnologyPlacing } from '../knowledge/technologies/create-technology-placing.ts';
import { curatedTechnologies } from '../knowledge/technologies/curated-tree.ts';
import type { Database } from './database.ts';
import { createScanLedger } from './scan-ledger.ts';
import { createSourceStore } from './sources.ts';

/** A source whose snapshots a test writes down, one after another. */
export type WrittenSource = {
  readonly reader: SourceReader;
  /** Shows these articles from now on: key → Markdown, or a whole draft. */
  show(articles: Readonly<Record<string, string | Partial<ArticleDraft>>>, asOf?: number): void;
  /** The next visit fails so. */
  failWith(error: Error): void;
};

export function writeSource(): WrittenSource {
  const snapshots: Snapshot[] = [];
  let failure: Error | null = null;
  return {
    show(articles, asOf = snapshots.length + 1) {
      const drafts = Object.entries(articles).map(([key, of]) => makeDraft(key, of));
      snapshots.push({
        asOf: asId<Instant>(asOf),
        proof: `state-${snapshots.length + 1}`,
        extent: 'whole',
        drafts,
        vanished: [],
        articleCount: drafts.length,
        warnings: [],
      });
    },
    failWith(error) {
      failure = error;
    },
    reader: {
      async *readSnapshots({ cursor, asOf, depth }) {
        if (failure) {
          const error = failure;
          failure = null;
          throw error;
        }
        const shown = snapshots.filter((snapshot) => asOf === null || snapshot.asOf <= asOf);
        const news = shown.slice(shown.findIndex(({ proof }) => proof === cursor) + 1);
        yield* depth === 'history' ? news : news.slice(-1);
      },
    },
  };
}

function makeDraft(key: string, of: string | Partial<ArticleDraft>): ArticleDraft {
  const text = typeof of === 'string' ? of : `# ${key}`;
  return {
    key,
    url: `https://kb.example/${key}`,
    aliases: [],
    placeTechnologies: [],
    published: { format: 'markdown', text, includes: {}, facts: {} },
    ...(typeof of === 'string' ? {} : of),
  };
}

/** A source in the database and a scanner that reads `written`; its clock stands at `now` milliseconds. */
export async function watchWrittenSource(
  database: Database,
  written: WrittenSource,
  options: { readonly name?: string; readonly now?: number; readonly settings?: Source['settings'] } = {},
): Promise<{ source: Source; scanner: Scanner }> {
  const added = await createSourceStore(database).add({
    name: options.name ?? 'written',
    title: 'Written by a test',
    kind: 'folder',
    url: 'file:///nowhere',
    settings: options.settings ?? {},
    schedule: '17 2 * * *',
    licence: 'CC0',
    attribution: '',
    createdAt: asId<Instant>(0),
  });
  if (added.kind !== 'added') throw new Error('The test used the name of a source twice.');
  return { source: added.source, scanner: makeScanner(database, written, options.now) };
}

export function makeScanner(database: Database, written: WrittenSource, now = 1_000_000): Scanner {
  return createScanner({
    readerOf: () => written.reader,
    ledger: createScanLedger(database),
    clock: { now: () => asId<Instant>(now) },
    placeTechnologies: (known) => createTechnologyPlacing(curatedTechnologies, known),
  });
}
