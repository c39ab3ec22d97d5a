import { type SectionKind, sectionKinds } from '../../knowledge/document.ts';
import {
  findErrorsByName,
  listEqualErrorCodes,
  nameErrorCode,
  parseErrorCode,
  parseNumberedError,
} from '../../knowledge/identifiers/error-codes.ts';
import { canonicalKbNumber } from '../../knowledge/identifiers/kb-numbers.ts';
import { foldCase } from '../analysis/analyse-word.ts';
import { primaryLanguage } from '../analysis/languages.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { parseDayRange } from './parse-day-range.ts';
import type { Filter } from './query-tree.ts';

/** A filter, or a sentence that says why there is none. */
export type FilterReading = Filter | { readonly problem: string };

const sectionNames: Readonly<Record<string, SectionKind>> = {
  symptom: 'symptoms',
  problem: 'symptoms',
  issue: 'symptoms',
  causes: 'cause',
  fix: 'resolution',
  solution: 'resolution',
  workarounds: 'workaround',
  applies: 'applies-to',
  more: 'more-information',
  information: 'more-information',
  reference: 'references',
};

/** Reads `name:value`; `title:` is none, since it speaks of words. */
export function readFilter(name: string, value: string, vocabulary: Vocabulary): FilterReading {
  switch (name) {
    case 'product':
    case 'technology':
      return readTechnology(value, vocabulary);
    case 'source':
      return readSource(value, vocabulary);
    case 'kb':
      return readKb(value);
    case 'code':
      return readCode(value);
    case 'section':
      return readSection(value);
    case 'changed':
    case 'reviewed':
    case 'new':
      return readDays(name, value);
    case 'is':
      return readState(value);
    case 'has':
      return readPart(value);
    default:
      return /^[a-z]{2,3}(-[a-z0-9-]+)?$/i.test(value)
        ? { kind: 'language', language: primaryLanguage(value) }
        : { problem: `“${value}” is no language; write lang:en or lang:de.` };
  }
}

/** All codes and names that mean the same error as the code. */
export function widenCode(code: number): { codes: readonly number[]; names: readonly string[] } {
  return {
    codes: listEqualErrorCodes(code),
    names: [...new Set(nameErrorCode(code).map((entry) => entry.name.toLowerCase()))],
  };
}

function normalName(text: string): string {
  return foldCase(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function readTechnology(value: string, vocabulary: Vocabulary): FilterReading {
  const wanted = normalName(value);
  const ids = vocabulary.technologies
    .filter(
      ({ slug, names }) => normalName(slug) === wanted || names.some((name) => normalName(name) === wanted),
    )
    .map(({ id }) => id);
  return ids.length > 0 ? { kind: 'technology', ids } : { problem: `No technology is called “${value}”.` };
}

function readSource(value: string, vocabulary: Vocabulary): FilterReading {
  const wanted = normalName(value);
  const ids = vocabulary.sources
    .filter(({ name, title }) => normalName(name) === wanted || normalName(title) === wanted)
    .map(({ id }) => id);
  return ids.length > 0 ? { kind: 'source', ids } : { problem: `No source is called “${value}”.` };
}

function readKb(value: string): FilterReading {
  const number = canonicalKbNumber(value);
  return number === null
    ? { problem: `“${value}” is no knowledge base number; write kb:910336.` }
    : { kind: 'kb', number };
}

function readCode(value: string): FilterReading {
  const code = parseErrorCode(value) ?? parseNumberedError(value);
  if (code !== null) return { kind: 'code', ...widenCode(code) };
  const named = findErrorsByName(value);
  if (named.length === 0)
    return { problem: `“${value}” is no error code and no name of one that is known here.` };
  const widened = named.map((entry) => widenCode(entry.code));
  return {
    kind: 'code',
    codes: [...new Set(widened.flatMap(({ codes }) => codes))],
    names: [...new Set([value.toLowerCase(), ...widened.flatMap(({ names }) => names)])],
  };
}

function readSection(value: string): FilterReading {
  const section = findSection(value);
  return section
    ? { kind: 'section', sections: [section] }
    : { problem: `“${value}” is no section; there are ${sectionKinds.join(', ')}.` };
}

function findSection(value: string): SectionKind | undefined {
  const wanted = value.toLowerCase();
  return sectionNames[wanted] ?? sectionKinds.find((kind) => kind === wanted);
}

function readDays(kind: 'changed' | 'reviewed' | 'new', value: string): FilterReading {
  const range = parseDayRange(value);
  return range
    ? { kind, ...range }
    : {
        problem: `“${value}” is no date; write ${kind}:2021-06, ${kind}:>2021-06 or ${kind}:2021-06..2021-09.`,
      };
}

function readState(value: string): FilterReading {
  const wanted = value.toLowerCase();
  if (wanted === 'retired' || wanted === 'active')
    return { kind: 'retired', isRetired: wanted === 'retired' };
  return { problem: `An article is:retired or is:active, not “${value}”.` };
}

function readPart(value: string): FilterReading {
  if (/^remed(?:y|ies)$/i.test(value)) return { kind: 'remedy' };
  const section = findSection(value);
  return section
    ? { kind: 'section', sections: [section] }
    : { problem: `“${value}” is nothing that an article can have; write has:remedy or has:workaround.` };
}
