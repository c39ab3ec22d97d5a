import { type Bits, countBits, forEachBit, hasBit } from './index/bits.ts';
import type { IndexPart } from './index/overlay.ts';
import type { CompiledQuery } from './query/plan.ts';
import type { QueryNode } from './query/query-tree.ts';
import { createPlanEvaluator, type PlanEvaluator } from './ranking/evaluate-plan.ts';
import { type ScoreRoom, scoreDocuments } from './ranking/score-documents.ts';
import { type Ranked, TopDocuments } from './ranking/top-documents.ts';
import { type WeighedQuery, weighQuery } from './ranking/weigh-query.ts';
import type { IndexLanguage, SearchIndex } from './search-index.ts';

/** A query at one part of the index. */
export type PartQuery = {
  readonly part: IndexPart;
  readonly language: IndexLanguage;
  readonly compiled: CompiledQuery;
  readonly weighed: WeighedQuery;
  readonly evaluator: PlanEvaluator;
  /** The documents that have everything that was asked for. */
  readonly found: Bits;
};

/** Finds the documents of a query in all parts. */
export function findDocuments(index: SearchIndex, tree: QueryNode): PartQuery[] {
  return index.languages.flatMap((language) => {
    const { parts, documents, analyser, compiler } = language;
    const compiled = compiler.compile(tree);
    const weighed = weighQuery(compiled.units, { parts, documents, analyser });
    return parts.map((part) => {
      const evaluator = createPlanEvaluator(part);
      return { part, language, compiled, weighed, evaluator, found: evaluator.evaluate(compiled.plan) };
    });
  });
}

export function countFound(queries: readonly PartQuery[]): number {
  return queries.reduce((sum, { found }) => sum + countBits(found), 0);
}

/** Below this score a document that lacks something is not worth showing. */
const leastNearScore = 0.12;

/** The best found documents by their words, and of those that lack something if `nearLimit` is above 0. */
export function selectBest(
  queries: readonly PartQuery[],
  { limit, nearLimit, roomOf }: { limit: number; nearLimit: number; roomOf: (part: IndexPart) => ScoreRoom },
): { found: Ranked[]; near: Ranked[] } {
  const isBetter = createOrder(queries);
  const best = new TopDocuments(limit, isBetter);
  const near = new TopDocuments(nearLimit, isBetter);
  queries.forEach(({ part, weighed, evaluator, compiled, found }, at) => {
    const scores = scoreDocuments(part, weighed, roomOf(part));
    offerAll(best, at, found, scores);
    if (nearLimit === 0) return;
    const loose = evaluator.evaluate(compiled.loosePlan);
    for (let document = 0; document < scores.length; document += 1) {
      const score = scores[document] ?? 0;
      if (score < leastNearScore || score < near.threshold) continue;
      if (hasBit(loose, document) && !hasBit(found, document)) near.offer({ part: at, document, score });
    }
  });
  return { found: best.list(), near: near.list() };
}

/** The found documents that changed last. */
export function selectLastChanged(queries: readonly PartQuery[], limit: number): Ranked[] {
  const top = new TopDocuments(limit, createOrder(queries));
  queries.forEach(({ part, found }, at) => {
    offerAll(top, at, found, part.segment.changedAt);
  });
  return top.list();
}

/** By score, then the last changed first, then by article: never by place in the index. */
export function createOrder(queries: readonly PartQuery[]): (a: Ranked, b: Ranked) => boolean {
  return (a, b) => {
    if (a.score !== b.score) return a.score > b.score;
    const [left, right] = [queries[a.part]?.part.segment, queries[b.part]?.part.segment];
    const [changedA, changedB] = [left?.changedAt[a.document] ?? 0, right?.changedAt[b.document] ?? 0];
    if (changedA !== changedB) return changedA > changedB;
    return (left?.articleIds[a.document] ?? 0) < (right?.articleIds[b.document] ?? 0);
  };
}

function offerAll(
  top: TopDocuments,
  part: number,
  documents: Bits,
  scores: Float32Array | Float64Array,
): void {
  forEachBit(documents, (document) => {
    const score = scores[document] ?? 0;
    if (score >= top.threshold) top.offer({ part, document, score });
  });
}
