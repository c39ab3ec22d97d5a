import type { PublishedText } from '../article.ts';
import type { Document } from '../document.ts';
import { type BodySource, composeDocument, type ReadBody, readMarkdownBody } from './read-document.ts';

/**
 * `readDocument` for a run of revisions. Seven of ten edits of a knowledge base touch front matter only: the reader
 * keeps the body that it read last for each article and reads it again only when its text or includes differ.
 * `maxCharacters` bounds the text whose reading is kept; a character takes about ten bytes of memory. What has not
 * been asked for longest goes first.
 */
export function createDocumentReader(options: {
  readonly maxCharacters: number;
}): (published: PublishedText, key: string) => Document {
  const kept = new Map<string, { source: BodySource; body: ReadBody }>();
  let characters = 0;

  const readBody = (source: BodySource): ReadBody => {
    const known = kept.get(source.key);
    const body = known && isSameBody(known.source, source) ? known.body : readMarkdownBody(source);
    if (known) characters -= known.source.text.length;
    characters += source.text.length;
    // A Map lists its entries in the order of insertion: taken out and put back, this one is the newest.
    kept.delete(source.key);
    kept.set(source.key, { source, body });
    for (const [key, oldest] of kept) {
      if (characters <= options.maxCharacters) break;
      kept.delete(key);
      characters -= oldest.source.text.length;
    }
    return body;
  };
  return (published, key) => composeDocument(published, key, readBody);
}

function isSameBody(one: BodySource, other: BodySource): boolean {
  if (one.text !== other.text) return false;
  const paths = Object.keys(one.includes);
  return (
    paths.length === Object.keys(other.includes).length &&
    paths.every((path) => one.includes[path] === other.includes[path])
  );
}
