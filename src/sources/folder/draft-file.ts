import type { ArticleDraft, PublishedText } from '../../knowledge/article.ts';
import { decodeText } from '../markup/decode-text.ts';
import { type PageProblem, readPage, readTextPage } from '../pages/read-page.ts';

const formats: readonly (readonly [RegExp, PublishedText['format']])[] = [
  [/\.(md|markdown|mkd)$/i, 'markdown'],
  [/\.x?html?$/i, 'html'],
  [/\.(txt|text)$/i, 'text'],
];

/** What a file is read as by its name; null for files that are no text. */
export function formatOf(path: string): PublishedText['format'] | null {
  return formats.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

/** The article of a file. `pageUrl` null: the vendor shows it nowhere. */
export function draftFile(
  file: { path: string; bytes: Uint8Array },
  given: {
    pageUrl: string | null;
    includes: Readonly<Record<string, string>>;
    placeTechnologies: readonly string[];
    content: string | null;
  },
): ArticleDraft | PageProblem {
  const { path, bytes } = file;
  const { pageUrl, includes, placeTechnologies } = given;
  const { text } = decodeText(bytes);
  const format = formatOf(path);
  const draft = (published: PublishedText): ArticleDraft => ({
    key: path,
    url: pageUrl,
    aliases: [],
    published,
    placeTechnologies,
  });
  if (format === 'markdown') return draft({ format, text, includes, facts: {} });
  if (format !== 'html') return draft(readTextPage(text));
  const read = readPage(text, pageUrl ?? '', { content: given.content });
  if ('because' in read) return read;
  return { ...draft(read.published), url: pageUrl ?? read.canonical };
}
