import type { ArticleDraft, PublishedText } from '../article.ts';
import type { Document } from '../document.ts';
import type { ArticleId } from '../ids.ts';
import type { Snapshot } from '../source.ts';
import { hashPublished } from './content-hash.ts';
import type { KnownArticle, KnownArticles } from './known-article.ts';

/** `readDocument`, or one with a memory. */
export type ReadDocument = (published: PublishedText, key: string) => Document;

/** A draft and the article that it is; null: one that was never seen. */
export type Match = {
  readonly draft: ArticleDraft;
  readonly contentHash: string;
  readonly article: KnownArticle | null;
  /** What the draft says; null when its content is the article's newest revision, which nobody needs to read again. */
  readonly document: Document | null;
};

/** Throws when nobody read the draft: it has the content of the revision before. */
export function documentOf(match: Match): Document {
  if (match.document) return match.document;
  throw new TypeError(`"${match.draft.key}" was not read although its content is new.`);
}

/** Who is who in a snapshot, before anything is decided about what changed. */
export type MatchedSnapshot = {
  readonly matches: readonly Match[];
  readonly retired: readonly { readonly article: KnownArticle; readonly because: string | null }[];
  readonly warnings: readonly string[];
};

/**
 * Finds for each draft the article that it is. An article keeps its identity when its key stays, when an alias of
 * the draft names an article that vanished (a rename, a redirection), or when an article that vanished and the draft
 * are the only ones with a vendor's id. Failing these an article that was retired earlier comes back, by the same
 * proofs. The first proof that holds decides, and an article is matched once.
 */
export function matchSnapshot(
  known: KnownArticles,
  snapshot: Snapshot,
  readDocument: ReadDocument,
): MatchedSnapshot {
  const warnings: string[] = [];
  const drafts = dropDoubles(snapshot.drafts, warnings);
  const vanished = findVanished(known, snapshot, drafts);
  const taken = new Set<ArticleId>();
  const matches: Match[] = [];
  const strangers: Stranger[] = [];

  for (const draft of drafts.values()) {
    const contentHash = hashPublished(draft.published);
    const article = known.findActive(draft.key);
    if (!article) {
      strangers.push({ draft, contentHash, document: readDocument(draft.published, draft.key) });
      continue;
    }
    const isSame = article.contentHash === contentHash;
    matches.push({
      draft,
      contentHash,
      article,
      document: isSame ? null : readDocument(draft.published, draft.key),
    });
  }

  const claims = countClaims(strangers);
  const isFree = (article: KnownArticle) =>
    !taken.has(article.id) && (article.state === 'retired' || vanished.has(article.id));
  const proofs: ((stranger: Stranger) => KnownArticle | undefined)[] = [
    ({ draft }) => byAliases(known, draft).find((article) => isFree(article) && article.state === 'active'),
    (stranger) => onlyOne(byExternalId(known, stranger, claims), (a) => isFree(a) && a.state === 'active'),
    ({ draft }) => optional(known.findRetired(draft.key), isFree),
    (stranger) => onlyOne(byExternalId(known, stranger, claims), isFree),
    ({ draft }) => byAliases(known, draft).find(isFree),
  ];
  let unknown = strangers;
  for (const proof of proofs) {
    const rest: Stranger[] = [];
    for (const stranger of unknown) {
      const article = proof(stranger);
      if (article) {
        taken.add(article.id);
        matches.push({ ...stranger, article });
      } else rest.push(stranger);
    }
    unknown = rest;
  }
  for (const stranger of unknown) matches.push({ ...stranger, article: null });

  const retired = [...vanished.values()].filter(({ article }) => !taken.has(article.id));
  const isGone = (id: ArticleId) => vanished.has(id) && !taken.has(id);
  warnings.push(...listSharedIds(known, matches, isGone));
  return { matches, retired, warnings };
}

type Stranger = { readonly draft: ArticleDraft; readonly contentHash: string; readonly document: Document };

function dropDoubles(drafts: readonly ArticleDraft[], warnings: string[]): Map<string, ArticleDraft> {
  const byKey = new Map<string, ArticleDraft>();
  for (const draft of drafts) {
    if (byKey.has(draft.key))
      warnings.push(`The source shows "${draft.key}" twice; the first one was taken.`);
    else byKey.set(draft.key, draft);
  }
  return byKey;
}

type Vanished = Map<ArticleId, { article: KnownArticle; because: string | null }>;

function findVanished(
  known: KnownArticles,
  snapshot: Snapshot,
  drafts: ReadonlyMap<string, ArticleDraft>,
): Vanished {
  const vanished: Vanished = new Map();
  for (const { key, because } of snapshot.vanished) {
    const article = known.findActive(key);
    if (article && !drafts.has(key)) vanished.set(article.id, { article, because });
  }
  if (snapshot.extent === 'whole') {
    for (const article of known.listActive()) {
      if (!drafts.has(article.key) && !vanished.has(article.id)) {
        vanished.set(article.id, { article, because: null });
      }
    }
  }
  return vanished;
}

function byAliases(known: KnownArticles, draft: ArticleDraft): KnownArticle[] {
  return draft.aliases.flatMap((alias) => known.findByName(alias));
}

/** The first id names an article; where two drafts claim it, it proves nothing. */
function byExternalId(
  known: KnownArticles,
  { document }: Stranger,
  claims: ReadonlyMap<string, number>,
): readonly KnownArticle[] {
  const [id] = document.externalIds;
  if (id === undefined || claims.get(id) !== 1) return [];
  return known.findByExternalId(id).filter((article) => article.externalIds[0] === id);
}

function countClaims(strangers: readonly Stranger[]): Map<string, number> {
  const claims = new Map<string, number>();
  for (const { document } of strangers) {
    const [id] = document.externalIds;
    if (id !== undefined) claims.set(id, (claims.get(id) ?? 0) + 1);
  }
  return claims;
}

function onlyOne(
  articles: readonly KnownArticle[],
  isGood: (article: KnownArticle) => boolean,
): KnownArticle | undefined {
  const good = articles.filter(isGood);
  return good.length === 1 ? good[0] : undefined;
}

function optional(
  article: KnownArticle | null,
  isGood: (article: KnownArticle) => boolean,
): KnownArticle | undefined {
  return article && isGood(article) ? article : undefined;
}

/** Two articles with one vendor's id are kept as two; somebody should know. Told when the second one comes up. */
function listSharedIds(
  known: KnownArticles,
  matches: readonly Match[],
  isGone: (id: ArticleId) => boolean,
): string[] {
  const warnings: string[] = [];
  const keys = new Map<string, string>();
  for (const { draft, document, article } of matches) {
    const id = document?.externalIds[0];
    if (id === undefined || article?.externalIds[0] === id) continue;
    const others = known
      .findByExternalId(id)
      .filter((of) => of.state === 'active' && of.id !== article?.id && !isGone(of.id));
    const other = keys.get(id) ?? others[0]?.key;
    if (other !== undefined && other !== draft.key) {
      warnings.push(`"${draft.key}" and "${other}" both call themselves ${id}; both were kept.`);
    }
    keys.set(id, draft.key);
  }
  return warnings;
}
