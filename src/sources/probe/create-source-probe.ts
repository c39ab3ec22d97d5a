import type { ArticleDraft } from '../../knowledge/article.ts';
import type { Clock } from '../../knowledge/clock.ts';
import { asId, type Instant, type SourceId } from '../../knowledge/ids.ts';
import { type Source, SourceError, type SourceKind, type SourceReader } from '../../knowledge/source.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { type FoundSource, findSource } from './find-source.ts';

export type Probe = {
  readonly kind: SourceKind;
  /** Where to add it; may be another address than the one that was probed, such as a page's feed. */
  readonly url: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Its first articles as they would be stored, at most three. */
  readonly articles: readonly ArticleDraft[];
  /** How many a scan would find; null where that is only known after reading them all. */
  readonly articleCount: number | null;
  readonly warnings: readonly string[];
};

export type SourceProbe = {
  /** Tells what kind of source is at an address and shows some of it. Throws SourceError. */
  probe(request: {
    readonly url: string;
    /** Given: it's read as this kind, else it's found out. */
    readonly kind?: SourceKind;
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly signal: AbortSignal;
  }): Promise<Probe>;
};

const shownArticles = 3;

/** Settings that keep a probe from reading a whole site. */
const briefly: Partial<Record<SourceKind, Readonly<Record<string, unknown>>>> = {
  pages: { maxPages: shownArticles },
  csaf: { maxDocuments: shownArticles },
};

/** Probes with readers that keep nothing: give them a memory of their own. */
export function createSourceProbe(parts: {
  client: PoliteClient;
  readerOf: (kind: SourceKind) => SourceReader;
  clock: Clock;
}): SourceProbe {
  const { client, readerOf, clock } = parts;
  return {
    async probe({ url, kind, settings = {}, signal }) {
      const found: FoundSource =
        kind === undefined ? await findSource({ url, client, signal }) : { kind, url, settings: {} };
      const given = { ...found.settings, ...settings };
      const source = describeSource(found, { ...given, ...briefly[found.kind] }, clock.now());
      const request = { source, cursor: null, asOf: null, depth: 'latest', signal } as const;
      for await (const snapshot of readerOf(found.kind).readSnapshots(request)) {
        return {
          kind: found.kind,
          url: found.url,
          settings: given,
          articles: snapshot.drafts.slice(0, shownArticles),
          articleCount: found.kind in briefly ? null : snapshot.articleCount,
          warnings: snapshot.warnings,
        };
      }
      throw new SourceError('empty', `${found.url} can be read, and shows no article.`);
    },
  };
}

function describeSource(found: FoundSource, settings: Source['settings'], now: Instant): Source {
  return {
    id: asId<SourceId>(0),
    name: 'probe',
    title: found.url,
    kind: found.kind,
    url: found.url,
    settings,
    schedule: '0 0 1 1 *',
    licence: '',
    attribution: '',
    state: 'paused',
    createdAt: now,
  };
}
