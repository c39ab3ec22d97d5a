import type { Vocabulary } from '../vocabulary.ts';
import type { ParsedQuery, QueryNode, Scope } from './query-tree.ts';
import { readFilter } from './read-filter.ts';
import { isFieldName, type QueryToken, splitQuery } from './split-query.ts';

/** Enough for any message from a dialog; the rest of a pasted page says nothing new. */
const maxQueryLength = 2000;
const maxTokens = 200;
const maxDepth = 20;

/**
 * Reads a query. Total: any text is a query; what makes no sense as an instruction is read as words, and
 * `notUnderstood` says so.
 */
export function parseQuery(text: string, vocabulary: Vocabulary): ParsedQuery {
  // Most queries are nothing but words.
  if (text.length < 200 && /^[a-z0-9]/i.test(text) && !/[^a-z0-9 ._]|\b(?:OR|AND|NOT)\b/i.test(text))
    return { tree: { kind: 'words', runs: [text], scope: null }, notUnderstood: [] };
  const notes = new Set<string>();
  let tokens = splitQuery(text.slice(0, maxQueryLength));
  if (text.length > maxQueryLength || tokens.length > maxTokens) {
    notes.add('The query is very long: only its beginning was searched for.');
    tokens = tokens.slice(0, maxTokens);
  }
  for (const token of tokens) noteUnknownField(token, notes);
  const reader = new GroupReader(tokens, vocabulary, notes);
  return { tree: reader.readAll(), notUnderstood: [...notes] };
}

function noteUnknownField(token: QueryToken, notes: Set<string>): void {
  if (token.kind !== 'word') return;
  const empty = /^([a-z]+):[<>=]*$/i.exec(token.text)?.[1];
  if (empty !== undefined && isFieldName(empty)) {
    notes.add(`Nothing stands behind “${empty}:”; it was read as a word.`);
    return;
  }
  const name = /^([a-z]{3,12}):(?![\\/:])[^\s:]/i.exec(token.text)?.[1];
  if (name !== undefined) notes.add(`“${name}:” is nothing that can be asked for; it was read as a word.`);
}

/** A class for its lifecycle: it walks once over the tokens of one query. */
class GroupReader {
  readonly #tokens: readonly QueryToken[];
  readonly #vocabulary: Vocabulary;
  readonly #notes: Set<string>;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly QueryToken[], vocabulary: Vocabulary, notes: Set<string>) {
    this.#tokens = tokens;
    this.#vocabulary = vocabulary;
    this.#notes = notes;
  }

  /** Unmatched closing parentheses only end what was never opened: reading goes on behind them. */
  readAll(): QueryNode {
    const parts: QueryNode[] = [];
    while (this.#at < this.#tokens.length) {
      parts.push(this.#readGroup(null));
      this.#at += 1;
    }
    return joinAll(parts);
  }

  /** Up to the closing parenthesis or the end. */
  #readGroup(scope: Scope | null): QueryNode {
    const group = new GroupWriter(scope);
    for (let token = this.#peek(); token && token.kind !== 'close'; token = this.#peek()) {
      this.#at += 1;
      this.#readInto(group, token, scope);
    }
    return group.finish();
  }

  #readInto(group: GroupWriter, token: QueryToken, scope: Scope | null): void {
    if (token.kind === 'or') group.startAlternative();
    else if (token.kind === 'word') group.addWord(token.text, token.isNegated);
    else if (token.kind === 'field') this.#readField(group, token, scope);
    else if (token.kind === 'open') group.add(this.#readNested(scope), false);
    else if (token.kind === 'not') {
      this.#at += 1;
      group.add(this.#readNested(scope), true);
    } else if (token.kind === 'phrase' && token.text.trim() !== '')
      group.addPhrase(token.text, token.isNegated, scope);
  }

  #readNested(scope: Scope | null): QueryNode {
    this.#depth += 1;
    const node: QueryNode = this.#depth > maxDepth ? { kind: 'all', parts: [] } : this.#readGroup(scope);
    this.#depth -= 1;
    this.#at += 1;
    return node;
  }

  #readField(group: GroupWriter, token: QueryToken & { kind: 'field' }, scope: Scope | null): void {
    const { name, value, isQuoted, isNegated } = token;
    const titleScope: Scope = { kind: 'title' };
    if (value === null) {
      this.#at += 1;
      if (name !== 'title') this.#notes.add(`“${name}:” can't ask for a group; its words were searched for.`);
      group.add(this.#readNested(name === 'title' ? titleScope : scope), isNegated);
    } else if (name === 'title') {
      if (isQuoted) group.addPhrase(value, isNegated, titleScope);
      else group.add({ kind: 'words', runs: [value], scope: titleScope }, isNegated);
    } else {
      const reading = readFilter(name, value, this.#vocabulary);
      if ('problem' in reading) {
        this.#notes.add(`${reading.problem} It was read as words.`);
        group.addWord(value, isNegated);
      } else group.add({ kind: 'filter', filter: reading }, isNegated);
    }
  }

  #peek(): QueryToken | undefined {
    return this.#tokens[this.#at];
  }
}

/** A class for its lifecycle: it collects the parts of one group. */
class GroupWriter {
  readonly #scope: Scope | null;
  readonly #parts: QueryNode[] = [];
  #run: string[] = [];
  /** What `OR` has joined so far; null outside. */
  #alternatives: QueryNode[] | null = null;
  #expectsAlternative = false;

  constructor(scope: Scope | null) {
    this.#scope = scope;
  }

  addWord(text: string, isNegated: boolean): void {
    if (isNegated || this.#expectsAlternative) {
      this.add({ kind: 'words', runs: [text], scope: this.#scope }, isNegated);
    } else {
      this.#endAlternatives();
      this.#run.push(text);
    }
  }

  addPhrase(text: string, isNegated: boolean, scope: Scope | null): void {
    this.add({ kind: 'phrase', text, scope }, isNegated);
  }

  add(node: QueryNode, isNegated: boolean): void {
    const part: QueryNode = isNegated ? { kind: 'not', part: node } : node;
    if (this.#expectsAlternative) {
      this.#alternatives?.push(part);
      this.#expectsAlternative = false;
      return;
    }
    this.#endRun();
    this.#endAlternatives();
    this.#parts.push(part);
  }

  /** `crash OR freeze` binds the two words or groups beside it; at the beginning it means nothing. */
  startAlternative(): void {
    const last = this.#alternatives ? undefined : this.#takeLast();
    if (last) {
      this.#endRun();
      this.#alternatives = [last];
    }
    this.#expectsAlternative = this.#alternatives !== null;
  }

  finish(): QueryNode {
    this.#endRun();
    this.#endAlternatives();
    return applySections(joinAll(this.#parts));
  }

  #takeLast(): QueryNode | undefined {
    const word = this.#run.pop();
    return word === undefined ? this.#parts.pop() : { kind: 'words', runs: [word], scope: this.#scope };
  }

  #endAlternatives(): void {
    const parts = this.#alternatives;
    if (parts?.[0]) this.#parts.push(parts.length === 1 ? parts[0] : { kind: 'any', parts });
    this.#alternatives = null;
    this.#expectsAlternative = false;
  }

  #endRun(): void {
    if (this.#run.length > 0)
      this.#parts.push({ kind: 'words', runs: [this.#run.join(' ')], scope: this.#scope });
    this.#run = [];
  }
}

/** One node of several that all have to hold; plain words become one node, so that they are counted together. */
function joinAll(parts: readonly QueryNode[]): QueryNode {
  const flat = parts.flatMap((part) => (part.kind === 'all' ? part.parts : [part]));
  const joined: QueryNode[] = [];
  for (const part of flat) {
    const before = part.kind === 'words' ? joined.findIndex((other) => isSameScope(other, part.scope)) : -1;
    const words = joined[before];
    if (part.kind === 'words' && words?.kind === 'words')
      joined[before] = { ...words, runs: [...words.runs, ...part.runs] };
    else joined.push(part);
  }
  return joined.length === 1 && joined[0] ? joined[0] : { kind: 'all', parts: joined };
}

function isSameScope(node: QueryNode, scope: Scope | null): boolean {
  return node.kind === 'words' && JSON.stringify(node.scope) === JSON.stringify(scope);
}

/** `section:cause word` asks for the word in a section of that kind: the filter becomes the scope of its group. */
function applySections(node: QueryNode): QueryNode {
  if (node.kind !== 'all') return node;
  const sections = node.parts.flatMap((part) =>
    part.kind === 'filter' && part.filter.kind === 'section' ? part.filter.sections : [],
  );
  if (sections.length === 0) return node;
  const scope: Scope = { kind: 'sections', sections };
  return { kind: 'all', parts: node.parts.map((part) => scopeWords(part, scope)) };
}

function scopeWords(node: QueryNode, scope: Scope): QueryNode {
  switch (node.kind) {
    case 'words':
    case 'phrase':
      return node.scope === null ? { ...node, scope } : node;
    case 'all':
    case 'any':
      return { ...node, parts: node.parts.map((part) => scopeWords(part, scope)) };
    case 'not':
      return { kind: 'not', part: scopeWords(node.part, scope) };
    case 'beginning':
    case 'filter':
      return node;
  }
}
