import type { ArticleId, Instant } from '../ids.ts';
import type { KnownArticle } from './known-article.ts';
import { documentOf, type Match } from './match-snapshot.ts';
import type { TechnologyPlacing } from './technology-placing.ts';

/** The article that a draft shows for the first time. */
export function createArticle(request: {
  readonly id: ArticleId;
  readonly match: Match;
  readonly asOf: Instant;
  readonly technologies: TechnologyPlacing;
}): KnownArticle {
  const { id, match, asOf, technologies } = request;
  const { draft, contentHash } = match;
  const document = documentOf(match);
  return {
    id,
    key: draft.key,
    url: draft.url,
    aliases: draft.aliases,
    title: document.title,
    externalIds: document.externalIds,
    state: 'active',
    retiredBecause: null,
    revision: 1,
    contentHash,
    technologies: technologies.place(document.appliesTo, draft.placeTechnologies),
    createdAt: asOf,
    changedAt: asOf,
  };
}

/** The article as the draft shows it now; the same object when nothing is different. Names that it had stay aliases. */
export function followDraft(
  before: KnownArticle,
  match: Match,
  technologies: TechnologyPlacing,
): KnownArticle {
  const { draft, document, contentHash } = match;
  const names = new Set(before.aliases);
  for (const alias of draft.aliases) names.add(alias);
  if (before.key !== draft.key) names.add(before.key);
  if (before.url && before.url !== draft.url) names.add(before.url);
  names.delete(draft.key);
  const isRevised = contentHash !== before.contentHash;
  const isSame =
    !isRevised &&
    before.state === 'active' &&
    before.key === draft.key &&
    before.url === draft.url &&
    names.size === before.aliases.length;
  if (isSame) return before;
  const said = document && {
    title: document.title,
    externalIds: document.externalIds,
    technologies: correct(technologies.place(document.appliesTo, draft.placeTechnologies), before),
  };
  return {
    ...before,
    ...said,
    key: draft.key,
    url: draft.url,
    aliases: [...names],
    state: 'active',
    retiredBecause: null,
    revision: isRevised ? before.revision + 1 : before.revision,
    contentHash,
  };
}

/** A curator's word stands above that of the source. */
function correct(
  placed: readonly string[],
  { corrections }: Pick<KnownArticle, 'corrections'>,
): readonly string[] {
  if (corrections === undefined || corrections.size === 0) return placed;
  const kept = new Set(placed.filter((slug) => corrections.get(slug) !== false));
  for (const [slug, applies] of corrections) if (applies) kept.add(slug);
  return [...kept];
}
