import { z } from 'zod';
import { SourceError } from '../../knowledge/source.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { toSourceError } from '../http/source-failure.ts';
import type { VisitRound } from '../http/visit-round.ts';

export type ListedDocument = {
  readonly url: string;
  /** When the list says that it changed, as it's written there; null when it doesn't. */
  readonly updated: string | null;
  /** Of the SHA-512; null when the list names none. */
  readonly hashUrl: string | null;
};

export type DocumentList = {
  readonly documents: readonly ListedDocument[];
  readonly warnings: readonly string[];
};

const link = z.object({ rel: z.string().catch(''), href: z.string() });
const rolieSchema = z.object({
  feed: z.object({
    link: z.array(link).catch([]).default([]),
    entry: z.array(
      z.object({
        updated: z.string().nullish().catch(null),
        link: z.array(link).catch([]).default([]),
        content: z.object({ src: z.string() }).optional().catch(undefined),
      }),
    ),
  }),
});
const providerSchema = z.object({
  distributions: z.array(
    z.object({
      directory_url: z.string().optional(),
      rolie: z
        .object({ feeds: z.array(z.object({ tlp_label: z.string().catch(''), url: z.string() })) })
        .optional()
        .catch(undefined),
    }),
  ),
});
const maxListBytes = 128 * 1024 * 1024;
/** Some providers have a directory for each advisory. */
const maxLists = 2000;

/**
 * Lists a provider's public documents, starting from its metadata, a ROLIE feed, a directory with `changes.csv` or
 * `index.txt`, or a domain (CSAF 2.0, section 7). Throws SourceError.
 */
export async function listDocuments(request: {
  url: string;
  client: PoliteClient;
  round: VisitRound;
  signal: AbortSignal;
}): Promise<DocumentList> {
  const { client, round, signal } = request;
  const documents = new Map<string, ListedDocument>();
  const warnings: string[] = [];
  const seen = new Set<string>();
  await visit(new URL(request.url).href);
  if (documents.size === 0) {
    throw new SourceError(
      'no-documents',
      `${request.url} lists no public CSAF document. All articles were kept.`,
    );
  }
  return { documents: [...documents.values()], warnings };

  async function visit(url: string): Promise<void> {
    if (seen.has(url)) return;
    seen.add(url);
    if (seen.size > maxLists)
      throw new SourceError('too-many-lists', `${request.url} leads to more than ${maxLists} lists.`);
    if (url.endsWith('/')) return visitDirectory(url);
    const value = parseJson(await fetchText(url));
    const rolie = rolieSchema.safeParse(value);
    if (rolie.success) return visitRolie(rolie.data, url);
    const provider = providerSchema.safeParse(value);
    if (provider.success) return visitProvider(provider.data, url);
    throw new SourceError('no-csaf', `${url} is neither a provider's metadata nor a ROLIE feed.`);
  }

  async function visitProvider(
    { distributions }: z.output<typeof providerSchema>,
    base: string,
  ): Promise<void> {
    const feeds = distributions
      .flatMap(({ rolie }) => rolie?.feeds ?? [])
      .filter(({ tlp_label }) => /^(white|clear|unlabeled|)$/i.test(tlp_label));
    const directories = distributions.flatMap(({ directory_url }) => directory_url ?? []);
    // ROLIE says when each document changed; directories are for providers without it.
    const lists =
      feeds.length > 0 ? feeds.map((feed) => feed.url) : directories.map((url) => url.replace(/\/?$/, '/'));
    for (const url of lists) if (URL.canParse(url, base)) await visit(new URL(url, base).href);
  }

  async function visitRolie({ feed }: z.output<typeof rolieSchema>, base: string): Promise<void> {
    for (const entry of feed.entry) {
      const self = entry.content?.src ?? entry.link.find(({ rel }) => rel === 'self')?.href;
      if (self === undefined || !URL.canParse(self, base)) continue;
      const hash = entry.link.find(({ rel, href }) => rel === 'hash' && /\.sha512$/i.test(href))?.href;
      add({
        url: new URL(self, base).href,
        updated: entry.updated ?? null,
        hashUrl: hash !== undefined && URL.canParse(hash, base) ? new URL(hash, base).href : null,
      });
    }
    const next = feed.link.find(({ rel }) => rel === 'next')?.href;
    if (next !== undefined && URL.canParse(next, base)) await visit(new URL(next, base).href);
  }

  async function visitDirectory(url: string): Promise<void> {
    const changes = await client.fetch({ url: `${url}changes.csv`, maxBytes: maxListBytes, signal });
    if (changes.kind === 'page') {
      for (const [path, updated] of readChanges(decode(changes.body))) addPath(path, url, updated);
      return;
    }
    if (changes.kind !== 'missing')
      throw toSourceError(changes.kind === 'unchanged' ? missing(url) : changes);
    const index = await client.fetch({ url: `${url}index.txt`, maxBytes: maxListBytes, signal });
    if (index.kind === 'page') {
      for (const path of decode(index.body).split(/\r?\n/)) addPath(path.trim(), url, null);
      return;
    }
    if (seen.size > 1 || index.kind !== 'missing')
      throw toSourceError(index.kind === 'unchanged' ? missing(url) : index);
    // The address of a site: its metadata has a fixed place (section 7.1.9).
    await visit(new URL('/.well-known/csaf/provider-metadata.json', url).href);
  }

  async function fetchText(url: string): Promise<string> {
    const resource = `list ${url}`;
    const before = round.find(resource);
    const fetched = await client.fetch({
      url,
      accept: 'application/json',
      maxBytes: maxListBytes,
      signal,
      ...(before?.note != null && { validators: round.validatorsOf(resource) }),
    });
    if (fetched.kind === 'unchanged') {
      await round.recordUnchanged(resource);
      return before?.note ?? '';
    }
    if (fetched.kind !== 'page') throw toSourceError(fetched);
    const text = decode(fetched.body);
    await round.recordList(resource, text, fetched.validators);
    return text;
  }

  function addPath(path: string, base: string, updated: string | null): void {
    if (/\.json$/i.test(path) && URL.canParse(path, base))
      add({ url: new URL(path, base).href, updated, hashUrl: null });
  }

  function add(document: ListedDocument): void {
    const isKnown = documents.has(document.url);
    if (!isKnown) documents.set(document.url, document);
  }
}

function missing(url: string) {
  return { kind: 'missing', url, status: 404 } as const;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no JSON is no list of documents, which its caller says
  }
}

/** Lines `"path","2022-01-06T00:00:00Z"`; the first of a path is its newest (section 7.1.13). */
function* readChanges(text: string): Generator<[path: string, updated: string]> {
  for (const line of text.split(/\r?\n/)) {
    const [, quoted, plain, updated] = /^\s*(?:"([^"]*)"|([^",]*))\s*,\s*"?([^"]*)"?\s*$/.exec(line) ?? [];
    const path = quoted ?? plain;
    if (path !== undefined && updated !== undefined) yield [path.trim(), updated.trim()];
  }
}
