import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { resolveRepositoryPath } from '../src/knowledge/reading/include-links.ts';

/**
 * Draws queries for `eval search` from the history of a knowledge base: former titles of articles, what older
 * revisions of others called them where they linked to them, and their error codes and KB numbers in other spellings.
 *
 *     node tools/draw-search-queries.ts --repo DIR --out FILE [--without FILE] [--count 300] [--seed 1]
 *
 * DIR is a git directory whose HEAD is the last snapshot; queries of the file of --without are left out.
 */
const { values: options } = parseArgs({
  options: {
    repo: { type: 'string', default: '.' },
    out: { type: 'string', default: 'queries.json' },
    without: { type: 'string' },
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
  },
});

type Query = { readonly query: string; readonly kind: string; readonly relevant: string[] };
/** A text of the history, under the path that it had then and the one of today. */
type OldText = { readonly path: string; readonly pathNow: string; readonly blob: string };

const git = (args: readonly string[], input = '') => {
  const run = spawnSync('git', ['--git-dir', options.repo, ...args], { input, maxBuffer: 2 ** 31 });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return run.stdout;
};
const fold = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const now = new Set(
  git(['ls-tree', '-r', '-z', '--name-only', 'HEAD']).toString().split('\0').filter(isArticle),
);
const history = listHistory();
const texts = readBlobs(history.map(({ blob }) => blob));
const titlesNow = new Map<string, string>();
const formerTitles = new Map<string, Set<string>>();
const linkTexts = new Map<string, Set<string>>();
for (const { path, pathNow, blob } of history) {
  const text = texts.get(blob) ?? '';
  const titles = readTitles(text);
  // The history comes newest first.
  if (!titlesNow.has(pathNow)) titlesNow.set(pathNow, titles.map(fold).join('\n'));
  for (const title of titles) addTo(formerTitles, title, pathNow);
  for (const [, name = '', target = ''] of text.matchAll(/(?<!!)\[([^\][\n]{8,150})\]\(([^)#?\s]+\.md)\)/g)) {
    const resolved = resolveRepositoryPath(path, target);
    if (resolved !== null && now.has(resolved) && resolved !== pathNow) addTo(linkTexts, name, resolved);
  }
}

const known = new Set(
  options.without
    ? (JSON.parse(readFileSync(options.without, 'utf8')) as Query[]).map(({ query }) => fold(query))
    : [],
);
const random = createRandom(Number(options.seed));
const drawn = [
  ...draw('former title', formerTitles),
  ...draw('link text', linkTexts),
  ...drawRespelled('error code', /\b0x([89c][0-9a-f]{7})\b/gi, spellCode),
  ...drawRespelled(
    'KB number',
    /^(?:_?Original KB number:_?|.*Original KB number:)[^\d\n]*(\d{6,7})/gim,
    spellNumber,
  ),
];
writeFileSync(options.out, `${JSON.stringify(drawn, null, 1)}\n`);
process.stdout.write(`${drawn.length} queries in ${options.out}\n`);

/** Texts of at least three words that lead to one or two articles and are the title of neither. */
function draw(kind: string, candidates: ReadonlyMap<string, ReadonlySet<string>>): Query[] {
  const byFold = new Map<string, { query: string; relevant: Set<string> }>();
  for (const [query, paths] of candidates) {
    const entry = byFold.get(fold(query)) ?? { query, relevant: new Set() };
    for (const path of paths) entry.relevant.add(path);
    byFold.set(fold(query), entry);
  }
  const hard = [...byFold].filter(
    ([folded, { relevant }]) =>
      folded.split(' ').length >= 3 &&
      relevant.size <= 2 &&
      !known.has(folded) &&
      ![...relevant].some((path) => titlesNow.get(path)?.split('\n').includes(folded)),
  );
  return hard
    .map(([, entry]) => ({ order: random(), entry }))
    .sort((a, b) => a.order - b.order)
    .slice(0, Number(options.count))
    .map(({ entry }) => ({ query: entry.query, kind, relevant: [...entry.relevant] }));
}

/** What a pattern finds in the newest texts of one or two articles, written otherwise. */
function drawRespelled(kind: string, pattern: RegExp, spell: (found: string) => string): Query[] {
  const articles = new Map<string, Set<string>>();
  const seen = new Set<string>();
  for (const { pathNow, blob } of history) {
    if (seen.has(pathNow)) continue;
    seen.add(pathNow);
    for (const [, found = ''] of (texts.get(blob) ?? '').matchAll(pattern))
      addTo(articles, found.toLowerCase(), pathNow);
  }
  return [...articles]
    .filter(([, paths]) => paths.size <= 2)
    .map(([found, paths]) => ({ query: spell(found), kind, relevant: [...paths] }))
    .filter(({ query }) => !known.has(fold(query)))
    .map((query) => ({ order: random(), query }))
    .sort((a, b) => a.order - b.order)
    .slice(0, Number(options.count))
    .map(({ query }) => query);
}

function spellCode(hex: string): string {
  const code = Number.parseInt(hex, 16);
  const spellings = [String(code - 2 ** 32), String(code), hex.toUpperCase(), `0X${hex}`, `error 0x${hex}`];
  return spellings[Math.floor(random() * spellings.length)] ?? hex;
}

function spellNumber(digits: string): string {
  const spellings = [
    digits,
    `KB${digits}`,
    `kb ${digits}`,
    `Q${digits}`,
    `KB-${digits}`,
    `article ${digits}`,
  ];
  return spellings[Math.floor(random() * spellings.length)] ?? digits;
}

/** Every text of an article that there still is, newest first; renames are followed. */
function listHistory(): OldText[] {
  const log = git([
    'log',
    '--first-parent',
    '--raw',
    '-z',
    '-M',
    '--no-abbrev',
    '--format=%x01',
    'HEAD',
  ]).toString();
  const pathsNow = new Map([...now].map((path) => [path, path]));
  const found: OldText[] = [];
  for (const commit of log.split('\x01')) {
    const fields = commit.split('\0').filter((field) => field.trim() !== '');
    for (let at = 0; at < fields.length; ) {
      const [, , , blob = '', status = ''] = (fields[at] ?? '').trim().split(' ');
      const isRename = status.startsWith('R');
      const before = fields[at + 1] ?? '';
      const path = isRename ? (fields[at + 2] ?? '') : before;
      at += isRename ? 3 : 2;
      const pathNow = pathsNow.get(path);
      if (pathNow === undefined || status === 'D') continue;
      found.push({ path, pathNow, blob });
      if (isRename || status === 'A') pathsNow.delete(path);
      if (isRename) pathsNow.set(before, pathNow);
    }
  }
  return found;
}

function readBlobs(ids: readonly string[]): Map<string, string> {
  const output = git(['cat-file', '--batch'], `${[...new Set(ids)].join('\n')}\n`);
  const blobs = new Map<string, string>();
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf(10, at);
    const [id = '', , size = '0'] = output.toString('latin1', at, lineEnd).split(' ');
    blobs.set(id, output.toString('utf8', lineEnd + 1, lineEnd + 1 + Number(size)));
    at = lineEnd + 2 + Number(size);
  }
  return blobs;
}

/** The one of the front matter and the first heading. */
function readTitles(text: string): string[] {
  const front = /^title:\s*["']?(.+?)["']?\s*$/m.exec(text.slice(0, 2000))?.[1];
  const heading = /^#\s+(.+?)\s*$/m.exec(text)?.[1];
  return [front, heading].filter((title) => title !== undefined);
}

function isArticle(path: string): boolean {
  return /\.md$/i.test(path) && !/(?:^|\/)(?:toc|index|readme|includes\/.*)\.?/i.test(path);
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

/** Lehmer's generator: the same queries for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
