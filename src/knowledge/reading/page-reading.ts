import type { Revision } from '../article.ts';
import type { Document } from '../document.ts';
import { type PreparedArticle, prepareArticle } from './prepare-article.ts';

/** All that the page of an article needs of a revision's text: plain data, as it is kept. */
export type PageReading = { readonly facts: DocumentFacts; readonly body: PreparedArticle };

/** What a document says of itself, without its text. */
export type DocumentFacts = Omit<Document, 'sections' | 'warnings'>;

/** `key` is the article's within its source. Pure; never throws. */
export function readForPage(
  { document, published }: Pick<Revision, 'document' | 'published'>,
  key: string,
): PageReading {
  const { sections: _text, warnings: _warnings, ...facts } = document;
  return { facts, body: prepareArticle(published, key) };
}
