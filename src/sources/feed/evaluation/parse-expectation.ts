/** The expressions that the expectations of the feedparser suite are written in: a small part of Python's. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: PythonValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'item'; readonly of: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'not' | 'negative'; readonly of: Expression }
  | { readonly kind: 'and' | 'or' | 'sum'; readonly of: readonly Expression[] }
  | { readonly kind: 'compare'; readonly first: Expression; readonly rest: readonly Comparison[] };

export type Comparison = { readonly operator: string; readonly with: Expression };
export type PythonValue = string | number | boolean | null | readonly PythonValue[] | PythonDict;
export type PythonDict = { readonly [key: string]: PythonValue };

/** The expression is written in more of Python than is read here. */
export class UnreadableExpectationError extends Error {
  override readonly name = 'UnreadableExpectationError';
  readonly code = 'unreadable-expectation';
}

const token =
  /\s*(?:(?<text>[ub]?(?:'''(?:[^\\]|\\.)*?'''|"""(?:[^\\]|\\.)*?"""|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<sign>==|!=|<=|>=|[()[\]{},.:+<>-]))/sy;

type Token = { readonly kind: 'text' | 'number' | 'word' | 'sign'; readonly value: string };

/** Throws UnreadableExpectationError. */
export function parseExpectation(source: string): Expression {
  const tokens = readTokens(source);
  let at = 0;

  const expression = parseOr();
  if (at < tokens.length) throw unreadable();
  return expression;

  function unreadable(): UnreadableExpectationError {
    return new UnreadableExpectationError(`can't read "${source}" at "${tokens[at]?.value ?? 'its end'}"`);
  }
  function isNext(...values: string[]): boolean {
    const next = tokens[at];
    return next !== undefined && next.kind !== 'text' && values.includes(next.value);
  }
  function take(value: string): boolean {
    if (!isNext(value)) return false;
    at += 1;
    return true;
  }
  function expect(value: string): void {
    if (!take(value)) throw unreadable();
  }

  function parseOr(): Expression {
    const parts = [parseAnd()];
    while (take('or')) parts.push(parseAnd());
    return single(parts) ?? { kind: 'or', of: parts };
  }
  function parseAnd(): Expression {
    const parts = [parseNot()];
    while (take('and')) parts.push(parseNot());
    return single(parts) ?? { kind: 'and', of: parts };
  }
  function parseNot(): Expression {
    return take('not') ? { kind: 'not', of: parseNot() } : parseComparison();
  }
  function parseComparison(): Expression {
    const first = parseSum();
    const rest: Comparison[] = [];
    for (let operator = takeOperator(); operator !== null; operator = takeOperator()) {
      rest.push({ operator, with: parseSum() });
    }
    return rest.length === 0 ? first : { kind: 'compare', first, rest };
  }
  function takeOperator(): string | null {
    for (const operator of ['==', '!=', '<=', '>=', '<', '>', 'in']) if (take(operator)) return operator;
    if (take('is')) return take('not') ? 'is not' : 'is';
    if (isNext('not') && tokens[at + 1]?.value === 'in') {
      at += 2;
      return 'not in';
    }
    return null;
  }
  function parseSum(): Expression {
    const parts = [parseTrailers()];
    while (take('+')) parts.push(parseTrailers());
    return single(parts) ?? { kind: 'sum', of: parts };
  }
  function parseTrailers(): Expression {
    if (take('-')) return { kind: 'negative', of: parseTrailers() };
    let of = parseAtom();
    for (;;) {
      if (take('.')) of = { kind: 'item', of, key: { kind: 'literal', value: takeWord() } };
      else if (take('[')) {
        of = { kind: 'item', of, key: parseOr() };
        expect(']');
      } else if (take('(')) of = { kind: 'call', callee: of, arguments: parseList(')') };
      else return of;
    }
  }
  function takeWord(): string {
    const next = tokens[at];
    if (next?.kind !== 'word') throw unreadable();
    at += 1;
    return next.value;
  }
  function parseAtom(): Expression {
    const next = tokens[at];
    if (next === undefined) throw unreadable();
    at += 1;
    if (next.kind === 'number') return { kind: 'literal', value: Number(next.value) };
    if (next.kind === 'text') return { kind: 'literal', value: readText(next.value) };
    if (next.kind === 'word') {
      if (next.value === 'None') return { kind: 'literal', value: null };
      if (next.value === 'True' || next.value === 'False')
        return { kind: 'literal', value: next.value === 'True' };
      return { kind: 'name', name: next.value };
    }
    if (next.value === '(') {
      const items = parseList(')');
      return single(items) ?? { kind: 'list', items };
    }
    if (next.value === '[') return { kind: 'list', items: parseList(']') };
    if (next.value === '{') return { kind: 'dict', entries: parseEntries() };
    at -= 1;
    throw unreadable();
  }
  function parseList(end: string): Expression[] {
    const items: Expression[] = [];
    while (!take(end)) {
      items.push(parseOr());
      if (!isNext(end)) expect(',');
    }
    return items;
  }
  function parseEntries(): [Expression, Expression][] {
    const entries: [Expression, Expression][] = [];
    while (!take('}')) {
      const key = parseOr();
      expect(':');
      entries.push([key, parseOr()]);
      if (!isNext('}')) expect(',');
    }
    return entries;
  }
}

function single(parts: readonly Expression[]): Expression | null {
  return parts.length === 1 ? (parts[0] ?? null) : null;
}

function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const text = source.trim();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.groups;
    if (found === undefined) throw new UnreadableExpectationError(`can't read "${source}"`);
    const { text: quoted, number, word, sign } = found;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
};

function readText(quoted: string): string {
  const bare = quoted.replace(/^[ub]/, '');
  const width = /^('''|""")/.test(bare) ? 3 : 1;
  return bare
    .slice(width, -width)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r?\n)|([\s\S]))/g,
      (_, x, u, long, line, other) => {
        const code: string | undefined = x ?? u ?? long;
        if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
        return line === undefined ? (escapes[other] ?? (/['"\\]/.test(other) ? other : `\\${other}`)) : '';
      },
    );
}
