import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Document } from '../knowledge/document.ts';
import { asId } from '../knowledge/ids.ts';
import { findIncludeLinks, resolveRepositoryPath } from '../knowledge/reading/include-links.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import type { SearchDocument } from '../search/search-document.ts';

/** More levels of includes within includes are a mistake of the author's. */
const maxIncludeDepth = 8;

/** Loads a folder of Markdown articles as one snapshot; the path below the folder is each article's key. */
export function readArticlesFolder(folder: string): SearchDocument[] {
  const texts = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && !/(?:^|[\\/])\.git[\\/]/.test(path))
      .sort()
      .map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path), 'utf8')]),
  );
  return [...texts].map(([key, text], at) => {
    const includes = Object.fromEntries(collectIncludes(key, text, texts));
    return toSearchDocument(key, readDocument({ format: 'markdown', text, includes, facts: {} }, key), at);
  });
}

function toSearchDocument(key: string, document: Document, at: number): SearchDocument {
  return {
    articleId: asId(at + 1),
    sourceId: asId(1),
    key,
    url: null,
    isRetired: false,
    document,
    formerNames: [],
    technologies: [],
    createdAt: asId(0),
    changedAt: asId(0),
    hasRemedy: false,
  };
}

function collectIncludes(
  key: string,
  text: string,
  texts: ReadonlyMap<string, string>,
  known = new Map<string, string>(),
  depth = 0,
): Map<string, string> {
  if (depth === maxIncludeDepth) return known;
  for (const link of findIncludeLinks(text)) {
    const path = resolveRepositoryPath(key, link);
    const included = path === null ? undefined : texts.get(path);
    if (path === null || included === undefined || known.has(path)) continue;
    known.set(path, included);
    collectIncludes(path, included, texts, known, depth + 1);
  }
  return known;
}
