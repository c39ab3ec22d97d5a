import type { Change, Judgement } from '../knowledge/change.ts';

/** What happened to an article between two digests, as one step. */
export type ArticleStep = Pick<
  Change,
  'kind' | 'fromRevision' | 'toRevision' | 'significance' | 'reasons' | 'passage'
>;

/** Judges an edit from one revision to a later one; null where one of them can't be read any more. */
export type JudgeEdit = (fromRevision: number, toRevision: number) => Promise<Judgement | null>;

/**
 * Makes one step of the changes of one article, given in the order of the log: first to last revision, judged anew.
 * Returns null when they cancel each other out: an edit that was undone, an article that came and went.
 */
export async function combineArticleChanges(
  changes: readonly ArticleStep[],
  judgeEdit: JudgeEdit,
): Promise<ArticleStep | null> {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (first === last) return first;
  const wasThere = first.kind !== 'created' && first.kind !== 'restored';
  const isThere = last.kind !== 'retired';
  const { toRevision } = last;
  if (!wasThere) return isThere ? { ...first, toRevision } : null;
  const { fromRevision } = first;
  if (!isThere) return { ...last, fromRevision };
  if (fromRevision === null || fromRevision === toRevision) {
    return changes.findLast((change) => change.kind === 'moved') ?? null;
  }
  const judgement = await judgeEdit(fromRevision, toRevision);
  if (judgement === null) return { ...last, fromRevision };
  if (judgement.significance === 'invisible' && last.significance !== 'invisible') return null;
  return { ...judgement, kind: 'revised', fromRevision, toRevision };
}
