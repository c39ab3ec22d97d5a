import { parse } from 'yaml';

/** What stands between the two `---` lines at the top of a Markdown file, and the text below it. */
export type FrontMatter = {
  /** Keys in lower case. Values as YAML gives them: text, numbers, lists, maps. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly body: string;
  /** One sentence when it could not be read as YAML; `values` then holds what could be read line by line. */
  readonly warning: string | null;
};

const fence = /^\uFEFF?---[ \t]*\r?\n/;
const closing = /^(?:---|\.\.\.)[ \t]*\r?(?:\n|$)/m;
const maxChars = 100_000;
/** The YAML parser takes more than linear time for long texts, and for anchors even on short ones. */
const maxYamlChars = 16_000;
const anchorOrAlias = /(?:^|[\s,[{:-])[&*][\w-]/m;

/** Splits a Markdown file and reads its front matter; never throws. */
export function readFrontMatter(text: string): FrontMatter {
  const opening = fence.exec(text);
  if (!opening) return { values: new Map(), body: dropMark(text), warning: null };
  const rest = text.slice(opening[0].length, opening[0].length + maxChars);
  const end = closing.exec(rest);
  if (!end) return { values: new Map(), body: dropMark(text), warning: null };
  const source = rest.slice(0, end.index);
  const body = text.slice(opening[0].length + end.index + end[0].length);
  return { ...readYaml(source), body };
}

function dropMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function readYaml(source: string): Pick<FrontMatter, 'values' | 'warning'> {
  const plain = readPlainLines(source);
  if (plain) return { values: plain, warning: null };
  if (source.length > maxYamlChars || anchorOrAlias.test(source)) {
    return {
      values: readLooseLines(source),
      warning: 'front matter is unusual YAML: it was read line by line',
    };
  }
  try {
    const value: unknown = parse(source, { logLevel: 'error', maxAliasCount: 0, uniqueKeys: false });
    if (value === null || value === undefined) return { values: new Map(), warning: null };
    if (typeof value === 'object' && !Array.isArray(value))
      return { values: lowerKeys(value), warning: null };
    return { values: readLooseLines(source), warning: 'front matter is no list of names and values' };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return {
      values: readLooseLines(source),
      warning: `front matter is no YAML: ${reason.replace(/:$/, '').slice(0, 200)}`,
    };
  }
}

function lowerKeys(map: object): Map<string, unknown> {
  return new Map(Object.entries(map).map(([key, value]) => [key.toLowerCase(), value]));
}

const keyStart = /^([A-Za-z][\w.-]*)[ \t]*:(?=[ \t\r]|$)/;
const itemStart = /^[ \t]*-[ \t]+/;
const plainScalar = /^[\p{L}\p{N}(/.✅<](?:[^:#]|:(?![ \t]|$)|(?<![ \t])#)*$/u;
const quotedScalar = /^(?:"([^"\\]*)"|'([^']*)')$/;

/**
 * Nearly all front matter is names with plain values and flat lists. Reading that line by line gives what a YAML
 * parser gives, thirty times as fast; null as soon as anything else turns up.
 */
function readPlainLines(source: string): Map<string, unknown> | null {
  const values = new Map<string, unknown>();
  let list: unknown[] | null = null;
  let key = '';
  let listIndent = -1;
  for (const line of source.split('\n')) {
    if (line.trim() === '') continue;
    const pair = splitPair(line);
    if (pair) {
      key = pair.key;
      if (pair.value === '') {
        list = [];
        listIndent = -1;
        values.set(key, null);
      } else {
        const value = readScalar(pair.value);
        if (value === undefined) return null;
        list = null;
        values.set(key, value);
      }
      continue;
    }
    const item = list === null ? null : readItem(line);
    if (item === null || list === null) return null;
    const indent = line.indexOf('-');
    if (listIndent === -1) listIndent = indent;
    const value = readScalar(item);
    if (indent !== listIndent || value === undefined) return null;
    list.push(value);
    values.set(key, list);
  }
  return values;
}

/** `key: value`, without the spaces around the value; null for other lines. */
function splitPair(line: string): { key: string; value: string } | null {
  const start = keyStart.exec(line);
  return start ? { key: (start[1] ?? '').toLowerCase(), value: line.slice(start[0].length).trim() } : null;
}

/** What follows `- `; null for other lines. */
function readItem(line: string): string | null {
  const start = itemStart.exec(line);
  return start ? line.slice(start[0].length).trim() : null;
}

function readScalar(text: string): string | undefined {
  const quoted = quotedScalar.exec(text);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  return plainScalar.test(text) ? text : undefined;
}

/** What is left to read of broken YAML: one name and value a line, and the items below a name. */
function readLooseLines(source: string): Map<string, unknown> {
  const values = new Map<string, unknown>();
  let key: string | null = null;
  for (const line of source.split('\n').slice(0, 1000)) {
    const pair = splitPair(line);
    if (pair) {
      key = pair.key;
      values.set(key, pair.value === '' ? null : dropQuotes(pair.value));
      continue;
    }
    const item = key === null ? null : readItem(line);
    if (item === null || key === null) continue;
    const known = values.get(key);
    const items = Array.isArray(known) ? known : [];
    items.push(dropQuotes(item));
    values.set(key, items);
  }
  return values;
}

function dropQuotes(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}

/** The text of a value, its items joined by `, ` when it is a list; null when there is none. */
export function readTextValue(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const items = value.map(readTextValue).filter((item) => item !== null);
  return items.length === 0 ? null : items.join(', ');
}
