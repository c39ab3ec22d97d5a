import { sectionKinds } from '../../knowledge/document.ts';
import { foldCase } from '../analysis/analyse-word.ts';
import { addBit, type Bits, createBits, hasBit, intersect, isEmpty, subtract, unite } from '../index/bits.ts';
import { flagRemedy, noDay, placeField, placeSection } from '../index/fields.ts';
import type { IndexPart } from '../index/overlay.ts';
import { findTerm, type Segment } from '../index/segment.ts';
import { findWordsFrom } from '../index/words.ts';
import { dayOfInstant } from '../query/parse-day-range.ts';
import type { Plan, PlanFilter } from '../query/plan.ts';
import type { DayRange, Scope } from '../query/query-tree.ts';
import { createSequenceFinder } from './find-sequence.ts';
import { addPostings } from './postings.ts';

/** Answers plans over one segment; remembers the answers to conditions, which belong to the evaluator. */
export type PlanEvaluator = {
  /** The documents that count. */
  readonly live: Bits;
  evaluate(plan: Plan): Bits;
  /** Whether one document fulfils the plan. */
  has(plan: Plan, document: number): boolean;
};

/** The documents of frequent words, by part of an index: those words are asked for again and again. */
const frequentWords = new WeakMap<IndexPart, Map<number, Bits>>();
/** In one document of 16, the set of a word's documents takes no more room than the list of them in the index. */
const frequentShare = 1 / 16;

/** One evaluator per query, or per batch of queries: what it remembers grows with the conditions that it is asked. */
export function createPlanEvaluator(part: IndexPart): PlanEvaluator {
  const { segment, overlay, retired } = part;
  const { live } = overlay;
  const known = new Map<Plan, Bits>();
  const documentsOfTerm = new Map<number, Bits>();
  const frequent = listFrequentWords(part);
  const sequences = createSequenceFinder(segment);

  /** What is made of several conditions is not remembered: that is done again faster than looked up. */
  function evaluate(plan: Plan): Bits {
    if (plan.kind === 'all' || plan.kind === 'atLeast' || plan.kind === 'not') return compute(plan);
    let bits = known.get(plan);
    if (!bits) {
      bits = compute(plan);
      known.set(plan, bits);
    }
    return bits;
  }

  function compute(plan: Plan): Bits {
    switch (plan.kind) {
      case 'everything':
        return live;
      case 'nothing':
        return createBits(segment.documentCount);
      case 'all':
        return evaluateAll(plan.parts);
      case 'any':
        return evaluateAny(plan.parts);
      case 'not': {
        const bits = live.slice();
        subtract(bits, evaluate(plan.part));
        return bits;
      }
      case 'atLeast':
        return countParts(plan.parts.map(evaluate), plan.count);
      case 'terms': {
        const [only = '', ...others] = plan.terms;
        if (others.length > 0) return findDocuments(plan.terms.map((term) => findTerm(segment, term)));
        const term = findTerm(segment, only);
        return term < 0 ? createBits(segment.documentCount) : listDocuments(term);
      }
      case 'beginning':
        return findDocuments(findWordsFrom(segment, foldCase(plan.text)));
      case 'sequences':
        return findSequences(plan, live);
      case 'filter':
        return filterDocuments(plan.filter);
    }
  }

  /** The cheap parts first: texts are read only of the documents that these leave. */
  function evaluateAll(parts: readonly Plan[]): Bits {
    const bits = live.slice();
    const hasCostly = parts.some(isCostly);
    for (const part of hasCostly
      ? parts.toSorted((a, b) => Number(isCostly(a)) - Number(isCostly(b)))
      : parts) {
      intersect(bits, evaluateAmong(part, bits));
      if (isEmpty(bits)) break;
    }
    return bits;
  }

  /** The answer as far as it concerns the candidates; of others it says nothing. */
  function evaluateAmong(plan: Plan, candidates: Bits): Bits {
    return plan.kind === 'sequences' && !known.has(plan) ? findSequences(plan, candidates) : evaluate(plan);
  }

  function evaluateAny(parts: readonly Plan[]): Bits {
    const bits = createBits(segment.documentCount);
    for (const part of parts) unite(bits, evaluate(part));
    return bits;
  }

  function findDocuments(terms: readonly number[]): Bits {
    const bits = createBits(segment.documentCount);
    for (const term of terms) if (term >= 0) unite(bits, listDocuments(term));
    return bits;
  }

  /** The documents of a term; words of a sequence are asked for again and again. */
  function listDocuments(term: number): Bits {
    let bits = documentsOfTerm.get(term) ?? frequent.get(term);
    if (!bits) {
      bits = createBits(segment.documentCount);
      addPostings(segment, term, bits);
      intersect(bits, live);
      const isFrequent = (segment.frequencies[term] ?? 0) > segment.documentCount * frequentShare;
      (isFrequent ? frequent : documentsOfTerm).set(term, bits);
    }
    return bits;
  }

  /** Documents that have all the words, then those that have them in order and in place. */
  function findSequences(
    { sequences: wanted, scope, wholes }: Plan & { kind: 'sequences' },
    among: Bits,
  ): Bits {
    const found = findDocuments(wholes.map((term) => findTerm(segment, term)));
    for (const sequence of wanted) {
      const terms = sequence.map((term) => findTerm(segment, term));
      if (terms.length === 0 || terms.some((term) => term < 0)) continue;
      const candidates = among.slice();
      subtract(candidates, found);
      for (const term of terms) intersect(candidates, listDocuments(term));
      unite(found, sequences.find(terms, candidates, createScopeTest(scope)));
    }
    return found;
  }

  function filterDocuments(filter: PlanFilter): Bits {
    if (filter.kind === 'retired') {
      const bits = live.slice();
      if (filter.isRetired) intersect(bits, retired);
      else subtract(bits, retired);
      return bits;
    }
    const test = createFilterTest(segment, filter);
    const bits = createBits(segment.documentCount);
    for (let document = 0; document < segment.documentCount; document += 1) {
      if (test(document)) addBit(bits, document);
    }
    intersect(bits, live);
    return bits;
  }

  return {
    live,
    evaluate,
    has(plan, document) {
      if (plan.kind !== 'sequences' || known.has(plan)) return hasBit(evaluate(plan), document);
      const only = createBits(segment.documentCount);
      addBit(only, document);
      return hasBit(findSequences(plan, only), document);
    },
  };
}

function listFrequentWords(part: IndexPart): Map<number, Bits> {
  const known = frequentWords.get(part) ?? new Map<number, Bits>();
  frequentWords.set(part, known);
  return known;
}

function isCostly(plan: Plan): boolean {
  return plan.kind === 'sequences' || ('parts' in plan && plan.parts.some(isCostly));
}

/** Which documents are in at least so many of the sets, by adding up 32 bits at a time. */
function countParts(parts: readonly Bits[], least: number): Bits {
  const result = new Uint32Array(parts[0]?.length ?? 0);
  // reached[n]: documents that are in at least n + 1 of the sets seen so far.
  const reached = new Uint32Array(least);
  for (let at = 0; at < result.length; at += 1) {
    reached.fill(0);
    for (const part of parts) {
      let carried = part[at] as number; // all sets are of the same length
      for (let count = 0; count < least && carried !== 0; count += 1) {
        const before = reached[count] as number;
        reached[count] = before | carried;
        carried &= before;
      }
    }
    result[at] = reached[least - 1] as number;
  }
  return result;
}

function createScopeTest(scope: Scope | null): (place: number) => boolean {
  if (scope === null) return () => true;
  if (scope.kind === 'title') return (place) => placeField(place) === 'title';
  return (place) => {
    const field = placeField(place);
    return (field === 'body' || field === 'heading') && scope.sections.includes(placeSection(place));
  };
}

function createFilterTest(
  segment: Segment,
  filter: Exclude<PlanFilter, { kind: 'retired' }>,
): (document: number) => boolean {
  const { technologyStarts, technologies, sourceIds, changedAt, createdAt, reviewedDays, flags, sections } =
    segment;
  const isWithin = ({ fromDay, beforeDay }: DayRange, day: number) =>
    (fromDay === null || day >= fromDay) && (beforeDay === null || day < beforeDay);
  switch (filter.kind) {
    case 'technology': {
      const wanted = new Set<number>(filter.ids);
      return (document) => {
        const end = technologyStarts[document + 1] ?? 0;
        for (let at = technologyStarts[document] ?? 0; at < end; at += 1) {
          if (wanted.has(technologies[at] ?? 0)) return true;
        }
        return false;
      };
    }
    case 'source': {
      const wanted = new Set<number>(filter.ids);
      return (document) => wanted.has(sourceIds[document] ?? 0);
    }
    case 'section': {
      const mask = filter.sections.reduce((bits, kind) => bits | (1 << sectionKinds.indexOf(kind)), 0);
      return (document) => ((sections[document] ?? 0) & mask) !== 0;
    }
    case 'changed':
      return (document) => isWithin(filter, dayOfInstant(changedAt[document] ?? 0));
    case 'new':
      return (document) => isWithin(filter, dayOfInstant(createdAt[document] ?? 0));
    case 'reviewed':
      return (document) => reviewedDays[document] !== noDay && isWithin(filter, reviewedDays[document] ?? 0);
    case 'remedy':
      return (document) => ((flags[document] ?? 0) & flagRemedy) !== 0;
    case 'language':
      return () => segment.language === filter.language;
  }
}
