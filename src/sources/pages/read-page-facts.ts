import { readDate } from '../dates/read-date.ts';
import { readLanguage, resolveUrl } from '../markup/resolve-url.ts';
import type { PageTree } from './parse-page.ts';

export type PageFacts = {
  /** The page's own statement of its address, null without one. */
  readonly canonical: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly language: string | null;
  /** `YYYY-MM-DD`, when it was last edited. */
  readonly modified: string | null;
  readonly published: string | null;
  readonly keywords: string | null;
  /** It asks not to be indexed. */
  readonly isUnlisted: boolean;
};

const modifiedNames = [
  'article:modified_time',
  'og:updated_time',
  'ms.date',
  'datemodified',
  'last-modified',
  'lastmod',
  'dc.date.modified',
  'dcterms.modified',
  'updated_at',
  'revised',
  'date',
];
const publishedNames = [
  'article:published_time',
  'datepublished',
  'dc.date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'pubdate',
  'publish_date',
];
const maxJsonCharacters = 200_000;

/** What the page says of itself in its head: link, meta, JSON-LD and microdata. */
export function readPageFacts($: PageTree, url: string): PageFacts {
  const metas = new Map<string, string>();
  for (const meta of $('meta[content]').toArray()) {
    const name = (
      $(meta).attr('name') ??
      $(meta).attr('property') ??
      $(meta).attr('http-equiv') ??
      $(meta).attr('itemprop') ??
      ''
    ).toLowerCase();
    const content = $(meta).attr('content')?.trim() ?? '';
    if (name !== '' && content !== '' && !metas.has(name)) metas.set(name, content);
  }
  const linked = readLinkedData($);
  const firstOf = (names: readonly string[]) =>
    names.map((name) => metas.get(name)).find((value) => value !== undefined);
  const base = resolveUrl($('base[href]').attr('href') ?? '', url) || url;
  const canonical = resolveUrl($('link[rel~=canonical]').attr('href') ?? '', base);
  const robots = `${metas.get('robots') ?? ''},${metas.get('kbalertz') ?? ''}`.toLowerCase();
  return {
    canonical: /^https?:/.test(canonical) ? stripFragment(canonical) : null,
    title: metas.get('og:title') ?? linked.headline ?? ($('title').first().text().trim() || null),
    description: metas.get('description') ?? metas.get('og:description') ?? null,
    language: readLanguage(
      $('html').attr('lang') ??
        $('html').attr('xml:lang') ??
        metas.get('content-language') ??
        metas.get('og:locale') ??
        '',
    ),
    modified: toDay(
      firstOf(modifiedNames) ??
        linked.dateModified ??
        $('time[itemprop=dateModified], time.updated').attr('datetime'),
    ),
    published: toDay(
      firstOf(publishedNames) ??
        linked.datePublished ??
        $('time[itemprop=datePublished], time[pubdate]').attr('datetime'),
    ),
    keywords: metas.get('keywords') ?? null,
    isUnlisted: /\b(noindex|none)\b/.test(robots),
  };
}

function readLinkedData($: PageTree): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const script of $('script[type="application/ld+json"]').toArray()) {
    const text = $(script).text();
    if (text.length > maxJsonCharacters) continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      continue; // broken linked data says nothing
    }
    for (const thing of listThings(value)) {
      for (const key of ['headline', 'dateModified', 'datePublished']) {
        const field = thing[key];
        if (typeof field === 'string' && field.trim() !== '') found[key] ??= field.trim();
      }
    }
  }
  return found;
}

function listThings(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((thing) => {
    if (!isRecord(thing)) return [];
    const graph = thing['@graph'];
    return [thing, ...(Array.isArray(graph) ? graph.filter(isRecord) : [])];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toDay(written: string | undefined): string | null {
  const atMs = written === undefined ? null : readDate(written);
  return atMs === null ? null : new Date(atMs).toISOString().slice(0, 10);
}

function stripFragment(url: string): string {
  return url.split('#')[0] ?? url;
}
