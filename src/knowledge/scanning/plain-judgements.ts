import type { Judgement, Significance } from '../change.ts';

/** What is said of the steps that need no comparison. */
export const createdJudgement = plain('material', 'created', 'The article is new.');
export const restoredJudgement = plain('material', 'restored', 'The article is back.');

/** A withdrawn article may be one that somebody relies on; `because` is the source's sentence. */
export function judgeRetirement(because: string | null): Judgement {
  return plain('material', 'retired', because ?? 'The publisher withdrew the article.');
}

/** A move alone says nothing new: the article has its former address as alias and is found under both. */
export const movedJudgement = plain('invisible', 'moved', 'The article moved to another address.');

function plain(significance: Significance, code: string, sentence: string): Judgement {
  return { significance, reasons: [{ code, section: null, sentence }], passage: null };
}
