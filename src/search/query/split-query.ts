/** A piece of a query as typed. `isNegated`: a minus stands before it. */
export type QueryToken =
  | { readonly kind: 'open' | 'close' | 'or' }
  | { readonly kind: 'word'; readonly text: string; readonly isNegated: boolean }
  | { readonly kind: 'phrase'; readonly text: string; readonly isNegated: boolean }
  /** A group follows. */
  | { readonly kind: 'not' }
  /** `name:value`; without a value, what follows is the value (a group). */
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly value: string | null;
      readonly isQuoted: boolean;
      readonly isNegated: boolean;
    };

const fieldNames =
  'title|product|technology|source|kb|code|section|changed|reviewed|new|is|has|lang|language';
export const isFieldName = (text: string): boolean => fieldNames.split('|').includes(text.toLowerCase());
const quotes = '"“”„«»';

/** What may begin at a place, tried in this order; null: it says nothing. */
const rules: readonly (readonly [RegExp, (found: RegExpExecArray) => QueryToken | null])[] = [
  [/\s+/y, () => null],
  [/(?:AND|&&)(?=[\s()]|$)/y, () => null],
  [/(?:OR|\|\|?)(?=[\s()]|$)/y, () => ({ kind: 'or' })],
  [/-(?=\()|NOT\s*(?=\()/y, () => ({ kind: 'not' })],
  [/\(/y, () => ({ kind: 'open' })],
  [/\)/y, () => ({ kind: 'close' })],
  [
    new RegExp(`(-?)(${fieldNames}):[${quotes}]([^${quotes}]*)[${quotes}]`, 'iy'),
    (found) => toField(found, true),
  ],
  [new RegExp(`(-?)(${fieldNames}):(?=\\()`, 'iy'), (found) => toField(found, false)],
  [new RegExp(`(-?)(${fieldNames}):([^\\s()${quotes}]+)`, 'iy'), (found) => toField(found, false)],
  [new RegExp(`(-?)[${quotes}]([^${quotes}]*)[${quotes}]`, 'y'), toPhrase],
  [new RegExp(`[^\\s()${quotes}]+`, 'y'), toWord],
];

/** Takes a query apart; linear in its length, and no text makes it fail. */
export function splitQuery(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  let isNegated = false;
  while (at < text.length) {
    const found = matchAt(text, at);
    at = found.end;
    if (found.token === null) continue;
    if (found.token.kind === 'word' && found.token.text === 'NOT') {
      isNegated = true;
      continue;
    }
    const token = found.token;
    tokens.push(isNegated && 'isNegated' in token ? { ...token, isNegated: !token.isNegated } : token);
    isNegated = false;
  }
  return tokens;
}

function matchAt(text: string, at: number): { token: QueryToken | null; end: number } {
  for (const [pattern, toToken] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { token: toToken(found), end: pattern.lastIndex };
  }
  return { token: null, end: at + 1 };
}

function toField(found: RegExpExecArray, isQuoted: boolean): QueryToken {
  const [, minus, name = '', value] = found;
  return {
    kind: 'field',
    name: name.toLowerCase(),
    value: value ?? null,
    isQuoted,
    isNegated: minus === '-',
  };
}

function toPhrase([, minus, text = '']: RegExpExecArray): QueryToken {
  return { kind: 'phrase', text, isNegated: minus === '-' };
}

/** A minus excludes the word, unless it is the sign of a code (-2147024894) or a mere dash. */
function toWord([text = '']: RegExpExecArray): QueryToken {
  const isNegated = /^-[\p{L}\p{N}]/u.test(text) && !/^-\d{8,10}$/.test(text);
  return { kind: 'word', text: isNegated ? text.slice(1) : text, isNegated };
}
