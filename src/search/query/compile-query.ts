import { foldCase } from '../analysis/analyse-word.ts';
import { codeTerm, kbTerm, ownIdTerm } from '../analysis/special-terms.ts';
import type { TextAnalyser } from '../analysis/text-analyser.ts';
import { createPlainQueryReader, mostPlainWords, type PlainQueryReader } from './plain-queries.ts';
import { type CompiledQuery, type Plan, planAll, planAny, planNot, type QueryUnit } from './plan.ts';
import type { QueryNode, Scope } from './query-tree.ts';
import { codeOfTerm, createUnitReader, spellCode, type WordUnit } from './read-units.ts';

/** Up to so many words a document needs all of them, of more it may lack one in four. */
const allWordsUpTo = mostPlainWords;
const shareOfMoreWords = 0.75;

/** Turns queries into plans for the documents of one language. */
export type QueryCompiler = {
  compile(tree: QueryNode): CompiledQuery;
  /** The fast way for queries of a few plain words; what it reads is what `compile` makes of them. */
  readonly plain: PlainQueryReader;
  /** What `compile` asks for besides: that the document is not retired. */
  readonly active: Plan;
};

export function createQueryCompiler(analyser: TextAnalyser): QueryCompiler {
  const leaves = new Map<string, Plan>();
  const { readRun, readWord } = createUnitReader(analyser);

  /** The one object of a condition. Forgets all when there are too many: they are only remembered for speed. */
  function intern(key: string, create: () => Plan): Plan {
    let leaf = leaves.get(key);
    if (!leaf) {
      if (leaves.size > 500_000) leaves.clear();
      leaf = create();
      leaves.set(key, leaf);
    }
    return leaf;
  }

  const planTerms = (terms: readonly string[]) =>
    intern(terms.length === 1 ? `t ${terms[0]}` : `t ${terms.join('\u0000')}`, () => ({
      kind: 'terms',
      terms,
    }));

  const planSequences = (
    sequences: readonly (readonly string[])[],
    scope: Scope | null,
    wholes: readonly string[] = [],
  ) =>
    intern(`s ${JSON.stringify([sequences, scope, wholes])}`, () => ({
      kind: 'sequences',
      sequences,
      scope,
      wholes,
    }));

  /** What a document needs to have a unit. */
  function planUnit(unit: WordUnit, scope: Scope | null): Plan {
    if (scope !== null) return planSequences(listSequences(unit), scope);
    if (unit.kind === 'compound') return planSequences([unit.words], null, unit.wholes);
    const whole = planTerms(unit.wholes);
    if (unit.kind !== 'name') return whole;
    return intern(`n ${unit.wholes[0]}\u0000${unit.words.join('\u0000')}`, () =>
      planAny([whole, planAll(fullWords(unit.words).map((word) => planTerms([word])))]),
    );
  }

  /** Sequences of words that show a unit; codes in the spellings that are one word. */
  function listSequences(unit: WordUnit): (readonly string[])[] {
    const codes = unit.wholes.map(codeOfTerm).filter((code) => code !== null);
    const names = unit.wholes.flatMap((whole) => analyser.names.listNames(whole));
    return [unit.words, ...names, ...codes.flatMap(spellCode).map((spelling) => [spelling])];
  }

  const fullWords = (words: readonly string[]) => {
    const full = words.filter((word) => analyser.classOf(word) !== 'function');
    return full.length > 0 ? full : words;
  };

  /** Codes and numbers are needed, of the words all or most; light words only where there is nothing else. */
  function compileWords(runs: readonly string[], scope: Scope | null): CompiledQuery {
    const read = runs.flatMap(readRun);
    const weight = (['full', 'light', 'function'] as const).find((each) =>
      read.some((unit) => unit.weight === each),
    );
    const units = read.map((unit): QueryUnit => {
      const isAskedFor = unit.weight === weight;
      return { ...toQueryUnit(unit), plan: isAskedFor ? planUnit(unit, scope) : null };
    });
    const firm = read.map((unit) => unit.kind === 'code' || unit.kind === 'number');
    const needed = distinct(units.flatMap((unit, at) => (unit.plan && firm[at] ? [unit.plan] : [])));
    const wanted = distinct(units.flatMap((unit, at) => (unit.plan && !firm[at] ? [unit.plan] : [])));
    const plan = read.length === 0 ? { kind: 'nothing' as const } : planAll([...needed, planMost(wanted)]);
    return { plan, loosePlan: { kind: 'everything' }, units };
  }

  function compilePhrase(text: string, scope: Scope | null): CompiledQuery {
    const words = compileWords([text], scope);
    const sequence = analyser.analyse(text.toWellFormed()).terms;
    // A code in quotation marks is still that code.
    if (sequence.length <= 1) return words;
    return { ...words, plan: planSequences([[...sequence]], scope) };
  }

  function compileNode(node: QueryNode): CompiledQuery {
    switch (node.kind) {
      case 'words':
        return compileWords(node.runs, node.scope);
      case 'phrase':
        return compilePhrase(node.text, node.scope);
      case 'all':
      case 'any': {
        const parts = node.parts.map(compileNode);
        const join = node.kind === 'all' ? planAll : planAny;
        return {
          plan: join(parts.map((part) => part.plan)),
          loosePlan: join(parts.map((part) => part.loosePlan)),
          units: parts.flatMap((part) => part.units),
        };
      }
      case 'beginning':
        return compileBeginning(node.text);
      case 'not': {
        const plan = planNot(compileNode(node.part).plan);
        return { plan, loosePlan: plan, units: [] };
      }
      case 'filter': {
        const plan = planFilter(node.filter);
        return { plan, loosePlan: plan, units: [] };
      }
    }
  }

  function compileBeginning(text: string): CompiledQuery {
    const plan: Plan = { kind: 'beginning', text };
    const unit = { label: text, words: [], name: null, beginning: foldCase(text), boosts: [], plan };
    return { plan, loosePlan: { kind: 'everything' }, units: [unit] };
  }

  function planFilter(filter: (QueryNode & { kind: 'filter' })['filter']): Plan {
    if (filter.kind === 'kb')
      return planTerms([ownIdTerm(filter.number), kbTerm(filter.number), filter.number.toLowerCase()]);
    if (filter.kind === 'code') return planTerms([...filter.codes.map(codeTerm), ...filter.names]);
    return intern(`f ${JSON.stringify(filter)}`, () => ({ kind: 'filter', filter }));
  }

  const active = planFilter({ kind: 'retired', isRetired: false });

  return {
    active,
    plain: createPlainQueryReader(analyser, { readWord, planUnit: (unit) => planUnit(unit, null) }),
    /** Retired articles are found only where the query speaks of them. */
    compile(tree) {
      const compiled = compileNode(tree);
      if (asksForState(tree)) return compiled;
      return {
        units: compiled.units,
        plan: planAll([compiled.plan, active]),
        loosePlan: planAll([compiled.loosePlan, active]),
      };
    },
  };
}

function toQueryUnit({ label, words, kind, wholes, boosts }: WordUnit): Omit<QueryUnit, 'plan'> {
  const standsAlone = kind === 'name' || kind === 'code' || kind === 'number';
  return { label, words, name: standsAlone ? (wholes[0] ?? null) : null, beginning: null, boosts };
}

function planMost(parts: readonly Plan[]): Plan {
  if (parts.length <= allWordsUpTo) return planAll(parts);
  return { kind: 'atLeast', count: Math.ceil(parts.length * shareOfMoreWords), parts };
}

function distinct(plans: readonly Plan[]): Plan[] {
  return [...new Set(plans)];
}

function asksForState(node: QueryNode): boolean {
  switch (node.kind) {
    case 'filter':
      return node.filter.kind === 'retired';
    case 'all':
    case 'any':
      return node.parts.some(asksForState);
    case 'not':
      return asksForState(node.part);
    default:
      return false;
  }
}
