import type { ArticleDraft } from '../../knowledge/article.ts';
import type { FetchedPage } from '../http/fetched.ts';
import { decodeText } from '../markup/decode-text.ts';
import { type PageOptions, type PageProblem, readPage, readTextPage } from './read-page.ts';

/** The article of a fetched page of HTML or plain text, or why there is none. */
export function draftPage(
  page: FetchedPage,
  given: {
    key: string;
    aliases: readonly string[];
    placeTechnologies: readonly string[];
    options: PageOptions;
  },
): ArticleDraft | PageProblem {
  const { key, aliases, placeTechnologies } = given;
  const type = (page.headers['content-type'] ?? 'text/html').toLowerCase();
  const { text } = decodeText(page.body, type);
  if (/^text\/(plain|markdown|x-markdown)/.test(type)) {
    const published = type.startsWith('text/plain')
      ? readTextPage(text)
      : { format: 'markdown' as const, text, includes: {}, facts: {} };
    return { key, url: page.movedTo ?? key, aliases, published, placeTechnologies };
  }
  if (!/^(text\/html|application\/xhtml\+xml)/.test(type))
    return { because: `it is ${type.split(';')[0]}, no text` };
  const read = readPage(text, page.url, given.options);
  if ('because' in read) return read;
  const url = read.canonical ?? page.movedTo ?? page.url;
  const others = [page.movedTo, read.canonical].filter((other) => other !== null && other !== key);
  return {
    key,
    url,
    aliases: [...new Set([...aliases, ...others.filter((other) => other !== null)])],
    published: read.published,
    placeTechnologies,
  };
}

/** The page that a feed's entry links to, with what the feed knows where the page is silent; the entry if it can't be read. */
export function draftLinkedPage(page: FetchedPage, entry: ArticleDraft, options: PageOptions): ArticleDraft {
  const { key, aliases, placeTechnologies } = entry;
  const read = draftPage(page, { key, aliases, placeTechnologies, options });
  if ('because' in read) return entry;
  const facts = { ...entry.published.facts, ...read.published.facts };
  return { ...read, published: { ...read.published, facts } };
}
