import { findBulkEdits, type RevisedPair } from '../bulk-edits/find-bulk-edits.ts';
import type { Judgement } from '../change.ts';
import type { Document } from '../document.ts';
import type { ArticleId, Instant } from '../ids.ts';
import { judgeChange } from '../significance/judge-change.ts';
import type { Snapshot } from '../source.ts';
import type { AppliedSnapshot, NewBulkEdit, NewChange, NewRevision } from './applied-snapshot.ts';
import { createArticle, followDraft } from './follow-draft.ts';
import type { KnownArticle } from './known-article.ts';
import { documentOf, type Match, type MatchedSnapshot } from './match-snapshot.ts';
import { createdJudgement, judgeRetirement, movedJudgement, restoredJudgement } from './plain-judgements.ts';
import type { TechnologyPlacing } from './technology-placing.ts';

type Application = {
  readonly snapshot: Snapshot;
  readonly matched: MatchedSnapshot;
  /** What the newest revisions of the articles of `findRevised` say. */
  readonly documentsBefore: ReadonlyMap<ArticleId, Document>;
  /** One for each draft that is a new article. */
  readonly newIds: readonly ArticleId[];
  readonly technologies: TechnologyPlacing;
};

/** One article's way through the snapshot. */
type Step = {
  readonly match: Match | null;
  readonly before: KnownArticle | null;
  readonly after: KnownArticle;
  readonly changes: readonly (Judgement & {
    readonly kind: NewChange['kind'];
    readonly bulkEdit: number | null;
  })[];
};

/**
 * What a matched snapshot does to the archive: a change for each step of an article, a revision for each new content.
 * Pure. The same edit in many articles is one bulk edit, and its members are judged with it.
 */
export function applySnapshot(application: Application): AppliedSnapshot {
  const { snapshot, matched } = application;
  const { asOf, proof, articleCount } = snapshot;
  const { steps, bulkEdits } = judgeTogether(takeSteps(application), application.documentsBefore);
  const articles: KnownArticle[] = [];
  const revisions: NewRevision[] = [];
  const changes: NewChange[] = [];
  for (const step of steps) {
    const { before, match, after } = step;
    const isVisible = step.changes.some(
      ({ kind, significance }) => kind !== 'revised' || significance !== 'invisible',
    );
    if (isVisible) articles.push({ ...after, changedAt: asOf });
    else if (after !== before) articles.push(after);
    if (match && after.revision !== before?.revision) revisions.push(reviseTo(after, match, asOf));
    if (step.changes.length === 0) continue;
    const direct = new Set([...(before?.technologies ?? []), ...after.technologies]);
    const technologies = application.technologies.withAncestors([...direct]);
    for (const change of step.changes) {
      changes.push({
        ...change,
        articleId: after.id,
        fromRevision: before?.revision ?? null,
        toRevision: after.revision,
        occurredAt: asOf,
        technologies,
      });
    }
  }
  const warnings = [...snapshot.warnings, ...matched.warnings, ...listReadingWarnings(matched)];
  return { asOf, proof, articleCount, articles, revisions, changes, bulkEdits, warnings };
}

/** The articles whose content a matched snapshot changes: what they said before is needed to judge it. */
export function findRevised(matched: MatchedSnapshot): KnownArticle[] {
  return matched.matches.flatMap(({ article, contentHash }) =>
    article && article.state === 'active' && article.contentHash !== contentHash ? [article] : [],
  );
}

function listReadingWarnings({ matches }: MatchedSnapshot): string[] {
  return matches.flatMap(({ draft, document }) =>
    (document?.warnings ?? []).map((warning) => `${draft.key}: ${warning}`),
  );
}

/** Each article's steps; the revised ones are still to be judged. */
function takeSteps({ snapshot, matched, newIds, technologies }: Application): Step[] {
  const { asOf } = snapshot;
  const unused = newIds.values();
  const steps = matched.matches.map((match): Step => {
    const before = match.article;
    if (!before) {
      const id = unused.next().value;
      if (id === undefined) throw new RangeError('A new article came without an id.');
      const after = createArticle({ id, match, asOf, technologies });
      return { match, before, after, changes: [{ ...createdJudgement, kind: 'created', bulkEdit: null }] };
    }
    const after = followDraft(before, match, technologies);
    const changes: Step['changes'][number][] = [];
    const add = (kind: NewChange['kind'], judgement: Judgement) => {
      changes.push({ ...judgement, kind, bulkEdit: null });
    };
    if (before.state === 'retired') add('restored', restoredJudgement);
    if (before.key !== after.key) add('moved', movedJudgement);
    return { match, before, after, changes };
  });
  for (const { article, because } of matched.retired) {
    const after: KnownArticle = { ...article, state: 'retired', retiredBecause: because, changedAt: asOf };
    const change = { ...judgeRetirement(because), kind: 'retired' as const, bulkEdit: null };
    steps.push({ match: null, before: article, after, changes: [change] });
  }
  return steps;
}

/** Judges the revised articles, first each alone, then those that have the same edit as one. */
function judgeTogether(
  steps: readonly Step[],
  documentsBefore: ReadonlyMap<ArticleId, Document>,
): { steps: Step[]; bulkEdits: NewBulkEdit[] } {
  const pairs: (RevisedPair & { readonly step: number })[] = [];
  for (const [step, { before, after, match }] of steps.entries()) {
    if (!match || before?.state !== 'active' || before.revision === after.revision) continue;
    const said = documentsBefore.get(before.id);
    if (!said) throw new TypeError(`What "${match.draft.key}" said before was not loaded.`);
    const says = documentOf(match);
    pairs.push({ step, before: said, after: says, judgement: judgeChange(said, says) });
  }
  const judged = [...steps];
  const revise = (at: number, judgement: Judgement, bulkEdit: number | null) => {
    const step = steps[at];
    if (step)
      judged[at] = { ...step, changes: [...step.changes, { ...judgement, kind: 'revised', bulkEdit }] };
  };
  for (const { step, judgement } of pairs) revise(step, judgement, null);
  const groups = findBulkEdits(pairs);
  for (const [bulkEdit, { significance, members }] of groups.entries()) {
    for (const member of members) {
      const pair = pairs[member];
      if (pair) revise(pair.step, { ...pair.judgement, significance }, bulkEdit);
    }
  }
  const bulkEdits = groups.map(({ significance, sentence, members }) => ({
    significance,
    sentence,
    articleCount: members.length,
  }));
  return { steps: judged, bulkEdits };
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
