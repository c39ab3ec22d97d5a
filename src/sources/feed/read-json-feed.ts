import { z } from 'zod';
import { readDate } from '../dates/read-date.ts';
import { cleanHtml } from '../markup/clean-html.ts';
import { resolveUrl } from '../markup/resolve-url.ts';
import type { Feed, FeedDate, FeedEntry, FeedItem, FeedLink, FeedPerson, FeedText } from './feed.ts';
import type { Surroundings } from './surroundings.ts';

const text = z.union([z.string(), z.number()]).transform(String).nullish().catch(null);
const list = <T extends z.ZodType>(inner: T) =>
  z
    .array(z.unknown())
    .transform((items) =>
      items.flatMap((item) => {
        const read = inner.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    )
    .nullish()
    .catch(null);
const person = z.object({ name: text, url: text });
const item = z.object({
  id: text,
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  language: text,
  author: person.nullish().catch(null),
  authors: list(person),
  tags: list(z.string()),
  attachments: list(z.object({ url: z.string(), mime_type: text, title: text, size_in_bytes: text })),
});
const feed = z.object({
  version: z.string().regex(/jsonfeed\.org/),
  title: text,
  home_page_url: text,
  feed_url: text,
  description: text,
  language: text,
  author: person.nullish().catch(null),
  authors: list(person),
  items: list(item),
});

/** Reads JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/); null when the value is none. */
export function readJsonFeed(value: unknown, outer: Omit<Surroundings, 'dialect'>): Feed | null {
  const parsed = feed.safeParse(value);
  if (!parsed.success) return null;
  const { data } = parsed;
  const base = data.feed_url ?? outer.base;
  const language = data.language ?? outer.language;
  const around = { base, language };
  return {
    ...emptyItem,
    dialect: 'json',
    id: data.feed_url ?? null,
    title: plain(data.title, around),
    summary: plain(data.description, around),
    info: null,
    link: data.home_page_url ? resolveUrl(data.home_page_url, base) : null,
    links: [...link('alternate', data.home_page_url, base), ...link('self', data.feed_url, base)],
    language,
    authors: people(data.authors ?? (data.author ? [data.author] : []), base),
    entries: (data.items ?? []).map((entry) => readItem(entry, around)),
  };
}

function readItem(entry: z.infer<typeof item>, outer: { base: string; language: string | null }): FeedEntry {
  const { base } = outer;
  const around = { base, language: entry.language ?? outer.language };
  const url = entry.url ?? entry.external_url;
  const contents = [html(entry.content_html, around), plain(entry.content_text, around)].filter(
    (found) => found !== null,
  );
  return {
    ...emptyItem,
    id: entry.id ?? null,
    title: plain(entry.title, around),
    summary: plain(entry.summary, around),
    contents,
    comments: null,
    link: url ? resolveUrl(url, base) || null : null,
    links: [
      ...link('alternate', url, base),
      ...(entry.attachments ?? []).flatMap((file) =>
        link('enclosure', file.url, base).map((found) => ({
          ...found,
          type: file.mime_type ?? null,
          title: file.title ?? null,
          length: file.size_in_bytes ?? null,
        })),
      ),
    ],
    language: around.language,
    published: date(entry.date_published),
    updated: date(entry.date_modified),
    authors: people(entry.authors ?? (entry.author ? [entry.author] : []), base),
    categories: (entry.tags ?? []).map((term) => ({ term, scheme: null, label: null })),
  };
}

const emptyItem: FeedItem = {
  id: null,
  title: null,
  summary: null,
  link: null,
  links: [],
  language: null,
  rights: null,
  published: null,
  updated: null,
  created: null,
  expired: null,
  authors: [],
  contributors: [],
  publisher: null,
  categories: [],
};

function plain(
  value: string | null | undefined,
  around: { base: string; language: string | null },
): FeedText | null {
  return value == null ? null : { value: value.trim(), type: 'text/plain', ...around, src: null };
}

function html(
  value: string | null | undefined,
  around: { base: string; language: string | null },
): FeedText | null {
  if (value == null) return null;
  const resolve = (url: string) => resolveUrl(url, around.base);
  return { value: cleanHtml(value, { resolveUrl: resolve }), type: 'text/html', ...around, src: null };
}

function link(rel: string, url: string | null | undefined, base: string): FeedLink[] {
  const href = url ? resolveUrl(url, base) : '';
  return href === '' ? [] : [{ rel, type: 'text/html', href, title: null, length: null, hreflang: null }];
}

function date(value: string | null | undefined): FeedDate | null {
  return value == null ? null : { text: value, atMs: readDate(value) };
}

function people(authors: readonly z.infer<typeof person>[], base: string): FeedPerson[] {
  return authors.map(({ name, url }) => ({
    name: name ?? null,
    email: null,
    url: url ? resolveUrl(url, base) || null : null,
  }));
}
