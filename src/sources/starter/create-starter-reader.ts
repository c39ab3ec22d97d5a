import { dirname } from 'node:path/posix';
import type { ArticleDraft } from '../../knowledge/article.ts';
import type { Clock } from '../../knowledge/clock.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { findIncludeLinks, resolveRepositoryPath } from '../../knowledge/reading/include-links.ts';
import type { Snapshot, SourceReader } from '../../knowledge/source.ts';
import { type Night, readNights } from './read-nights.ts';

/**
 * Reads the starter knowledge base: the first scan sees its first night, every later scan the next one, until the
 * last. A copy of the program with other texts shows its last night once more. `folder` holds `night-1`, `night-2` …
 */
export function createStarterReader(parts: { readonly folder: string; readonly clock: Clock }): SourceReader {
  const { folder, clock } = parts;
  return {
    async *readSnapshots({ cursor, asOf, depth, signal }) {
      signal.throwIfAborted();
      const nights = await readNights(folder);
      const due = listDueNights(nights, cursor);
      const shown = depth === 'history' ? due : due.slice(0, 1);
      const last = asOf ?? clock.now();
      for (const [index, night] of shown.entries()) {
        signal.throwIfAborted();
        yield makeSnapshot(night, asId<Instant>(last - (shown.length - 1 - index) * millisecondsPerDay));
      }
    },
  };
}

const millisecondsPerDay = 24 * 3_600_000;

/** A proof is `night-2:` and the hash of what it showed. */
function listDueNights(nights: readonly Night[], cursor: string | null): readonly Night[] {
  const seen = /^night-(\d+):([0-9a-f]{64})$/.exec(cursor ?? '');
  if (seen === null) return nights;
  const due = nights.filter((night) => night.number > Number(seen[1]));
  const last = nights.at(-1);
  return due.length > 0 || last === undefined || last.hash === seen[2] ? due : [last];
}

function makeSnapshot(night: Night, asOf: Instant): Snapshot {
  const drafts = [...night.files.keys()].filter(isArticle).map((path) => makeDraft(night, path));
  return {
    asOf,
    proof: `night-${night.number}:${night.hash}`,
    extent: 'whole',
    drafts,
    vanished: [...night.retired].map(([key, because]) => ({ key, because })),
    articleCount: drafts.length,
    warnings: [],
  };
}

function isArticle(path: string): boolean {
  return !path.startsWith('includes/');
}

function makeDraft(night: Night, path: string): ArticleDraft {
  const text = night.files.get(path) ?? '';
  const includes: Record<string, string> = {};
  for (const link of findIncludeLinks(text)) {
    const target = resolveRepositoryPath(path, link);
    const included = target === null ? undefined : night.files.get(target);
    if (target !== null && included !== undefined) includes[target] = included;
  }
  return {
    key: path,
    url: null,
    aliases: night.formerPaths.get(path) ?? [],
    published: { format: 'markdown', text, includes, facts: {} },
    placeTechnologies: [dirname(path)],
  };
}
