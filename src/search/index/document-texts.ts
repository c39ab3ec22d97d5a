import type { SectionKind } from '../../knowledge/document.ts';
import type { SearchDocument } from '../search-document.ts';
import type { Field } from './fields.ts';

/** A text of an article and where it stands. */
export type PlacedText = { readonly text: string; readonly field: Field; readonly section: SectionKind };

/** All texts that are searched, in the order in which a reader meets them. */
export function* listTexts({ document, key, formerNames }: SearchDocument): Generator<PlacedText> {
  const place = (text: string, field: Field, section: SectionKind = 'other') => ({ text, field, section });
  for (const title of listTitles(document)) yield place(title, 'title');
  if (document.description) yield place(document.description, 'description');
  const keywords = document.facts.keywords;
  if (keywords) yield place(keywords, 'description');
  for (const section of document.sections) {
    if (section.heading !== '') yield place(section.heading, 'heading', section.kind);
    for (const block of section.blocks) if (block.text !== '') yield place(block.text, 'body', section.kind);
  }
  yield place(wordsOfPath(key), 'path');
  for (const name of formerNames) yield place(name, 'former');
  for (const product of document.appliesTo) yield place(product, 'product', 'applies-to');
}

/** The title, and the one of the browser window where it says something else. */
export function listTitles(document: SearchDocument['document']): string[] {
  const window = document.facts['browser-title'];
  return window === undefined || window === document.title ? [document.title] : [document.title, window];
}

/** `Exchange/ExchangeServer/mail-flow/poison-queue.md` → "Exchange Exchange Server mail flow poison queue" */
function wordsOfPath(key: string): string {
  return key
    .replace(/^[a-z]+:\/\/[^/]+\//i, '')
    .replace(/\.[a-z]{2,5}$/i, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
}

/** The last part of a path as words: often a title in short. */
export function wordsOfSlug(key: string): string {
  return wordsOfPath(key.split('/').filter(Boolean).at(-1) ?? key);
}
