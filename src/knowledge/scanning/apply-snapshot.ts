import type { Judgement, Reason } from '../change.ts';
import type { Document } from '../document.ts';
import type { ArticleId, Instant } from '../ids.ts';
import { judgeChange } from '../significance/judge-change.ts';
import type { Snapshot } from '../source.ts';
import type { AppliedSnapshot, NewChange, NewRevision } from './applied-snapshot.ts';
import type { KnownArticle } from './known-article.ts';
import type { Match, MatchedSnapshot } from './match-snapshot.ts';
import type { TechnologyPlacing } from './technology-placing.ts';

/**
 * What a matched snapshot does to the archive: one change for each step of an article, one revision for each new
 * content. Pure; `documentsBefore` has what the newest revisions of the revised articles say (see `findRevised`),
 * `newIds` one id for each draft that is a new article.
 */
export function applySnapshot(request: {
  readonly snapshot: Snapshot;
  readonly matched: MatchedSnapshot;
  readonly documentsBefore: ReadonlyMap<ArticleId, Document>;
  readonly newIds: readonly ArticleId[];
  readonly technologies: TechnologyPlacing;
}): AppliedSnapshot {
  const { snapshot, matched, documentsBefore, newIds, technologies } = request;
  const articles: KnownArticle[] = [];
  const revisions: NewRevision[] = [];
  const changes: NewChange[] = [];
  const { asOf, proof, articleCount } = snapshot;

  const addChange = (
    before: KnownArticle | null,
    after: KnownArticle,
    kind: NewChange['kind'],
    judgement: Judgement,
  ) => {
    const direct = new Set([...(before?.technologies ?? []), ...after.technologies]);
    changes.push({
      ...judgement,
      articleId: after.id,
      kind,
      fromRevision: before?.revision ?? null,
      toRevision: after.revision,
      occurredAt: asOf,
      technologies: technologies.withAncestors([...direct]),
      bulkEdit: null,
    });
  };

  let idsUsed = 0;
  for (const match of matched.matches) {
    if (!match.article) {
      const id = newIds[idsUsed++];
      if (id === undefined) throw new RangeError('A new article came without an id.');
      const created = createArticle({ id, match, asOf, technologies });
      articles.push(created);
      revisions.push(reviseTo(created, match, asOf));
      addChange(null, created, 'created', plainJudgement('material', 'created', 'The article is new.'));
      continue;
    }
    const before = match.article;
    const after = followDraft(before, match, technologies);
    const isMoved = before.key !== after.key;
    const isRevised = after.revision !== before.revision;
    const isRestored = before.state === 'retired';
    if (isRevised) revisions.push(reviseTo(after, match, asOf));
    let isVisible = isMoved || isRestored;
    if (isRestored) addChange(before, after, 'restored', restored);
    if (isMoved) addChange(before, after, 'moved', moved(before.key, after.key));
    if (isRevised && !isRestored) {
      const judgement = judgeChange(...documentsOf(match, documentsBefore));
      addChange(before, after, 'revised', judgement);
      isVisible ||= judgement.significance !== 'invisible';
    }
    if (isVisible) articles.push({ ...after, changedAt: asOf });
    else if (after !== before) articles.push(after);
  }
  for (const { article, because } of matched.retired) {
    const after: KnownArticle = { ...article, state: 'retired', retiredBecause: because, changedAt: asOf };
    articles.push(after);
    addChange(article, after, 'retired', retired(because));
  }
  const warnings = [...snapshot.warnings, ...matched.warnings];
  return { asOf, proof, articleCount, articles, revisions, changes, bulkEdits: [], warnings };
}

/** The articles whose content a matched snapshot changes: what they said before is needed to judge it. */
export function findRevised(matched: MatchedSnapshot): KnownArticle[] {
  return matched.matches.flatMap(({ article, contentHash }) =>
    article && article.state === 'active' && article.contentHash !== contentHash ? [article] : [],
  );
}

function createArticle(request: {
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

/** The article as the draft shows it; the same object when nothing is different. */
function followDraft(before: KnownArticle, match: Match, technologies: TechnologyPlacing): KnownArticle {
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
  const said = document
    ? {
        title: document.title,
        externalIds: document.externalIds,
        technologies: technologies.place(document.appliesTo, draft.placeTechnologies),
      }
    : {};
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

function reviseTo(article: KnownArticle, match: Match, capturedAt: Instant): NewRevision {
  const { id: articleId, revision: number, contentHash } = article;
  const { key, published } = match.draft;
  const titleBefore = match.article?.title ?? null;
  return {
    articleId,
    number,
    capturedAt,
    contentHash,
    titleBefore,
    key,
    published,
    document: documentOf(match),
  };
}

function documentOf(match: Match): Document {
  if (!match.document) throw new TypeError(`"${match.draft.key}" was not read although its content is new.`);
  return match.document;
}

function documentsOf(
  match: Match,
  documentsBefore: ReadonlyMap<ArticleId, Document>,
): [before: Document, after: Document] {
  const before = match.article && documentsBefore.get(match.article.id);
  if (!before) throw new TypeError(`What "${match.draft.key}" said before was not loaded.`);
  return [before, documentOf(match)];
}

function plainJudgement(significance: Judgement['significance'], code: string, sentence: string): Judgement {
  const reason: Reason = { code, section: null, sentence };
  return { significance, reasons: [reason], passage: null };
}

/** A move alone says nothing new: the article is found under its former address too. */
const moved = (from: string, to: string) =>
  plainJudgement('invisible', 'moved', `The article moved from ${from} to ${to}.`);
const restored = plainJudgement('material', 'restored', 'The article is back.');
const retired = (because: string | null) =>
  plainJudgement('material', 'retired', because ?? 'The vendor withdrew the article.');
