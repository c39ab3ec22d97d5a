import type { SectionKind } from '../../knowledge/document.ts';
import type { SearchDocument } from '../search-document.ts';
import type { Field } from './fields.ts';

/** Told each text of an article and where it stands. */
export type VisitText = (text: string, field: Field, section: SectionKind) => void;

/** Visits all texts that are searched, in the order in which a reader meets them. */
export function visitTexts({ document, key, formerNames }: SearchDocument, visit: VisitText): void {
  for (const title of listTitles(document)) visit(title, 'title', 'other');
  if (document.description) visit(document.description, 'description', 'other');
  const { keywords } = document.facts;
  if (keywords) visit(keywords, 'description', 'other');
  for (const { heading, kind, blocks } of document.sections) {
    if (heading !== '') visit(heading, 'heading', kind);
    for (const { text } of blocks) if (text !== '') visit(text, 'body', kind);
  }
  visit(wordsOfPath(key), 'path', 'other');
  for (const name of formerNames) visit(name, 'former', 'other');
  for (const product of document.appliesTo) visit(product, 'product', 'applies-to');
}

/** The title, and the one of the browser window where it says something else. */
export function listTitles(document: SearchDocument['document']): string[] {
  const window = document.facts['browser-title'];
  return window === undefined || window === document.title ? [document.title] : [document.title, window];
}

/** `Exchange/ExchangeServer/mail-flow/poison-queue.md` → "Exchange Exchange Server mail flow poison queue" */
function wordsOfPath(key: string): string {
  const bare = key.replace(/^[a-z]+:\/\/[^/]+\//i, '').replace(/\.[a-z]{2,5}$/i, '');
  // The same for ASCII, in less than half the time.
  const spaced = /[\u0080-\uffff]/.test(bare)
    ? bare.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replace(/[^\p{L}\p{N}.]+/gu, ' ')
    : bare.replace(/([a-z])(?=[A-Z])/g, '$1 ').replace(/[^a-zA-Z0-9.]+/g, ' ');
  return spaced.trim();
}

/** The last part of a path as words: often a title in short. */
export function wordsOfSlug(key: string): string {
  return wordsOfPath(key.split('/').filter(Boolean).at(-1) ?? key);
}
