import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, readSourceFiles, type SourceFile } from './source-files.ts';

const files = readSourceFiles();
const program = files.filter(
  (file) => file.path.startsWith('src/') && !/\.(test|fixture)\.ts$/.test(file.path),
);
const roomOf = (path: string) => (path.startsWith('src/') ? (path.split('/')[1] ?? '') : '');

const domain: Readonly<Record<string, readonly string[]>> = {
  knowledge: [],
  search: ['knowledge'],
  alerts: ['search', 'knowledge'],
  accounts: ['knowledge'],
  community: ['knowledge'],
  remedies: ['knowledge'],
};
const edges = ['sources', 'delivery', 'store', 'web', 'api', 'cli'];

/** Libraries that only compute; everything else is I/O and has no place in the domain. */
const pureLibraries = new Set([
  'markdown-it',
  'sanitize-html',
  'cheerio',
  'htmlparser2',
  'yaml',
  'diff',
  'snowball-stemmers',
  'temporal-polyfill',
  'zod',
]);

describe('imports', () => {
  test('go in one direction only', () => {
    const wrong = program.flatMap((file) =>
      file.imports
        .filter((entry) => entry.target.startsWith('src/'))
        .filter((entry) => !mayImport(roomOf(file.path), roomOf(entry.target)))
        .map((entry) => `${file.path} -> ${entry.target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('bring no input, output or database into the domain', () => {
    const wrong = program
      .filter((file) => roomOf(file.path) in domain)
      .flatMap((file) =>
        file.imports
          .filter((entry) => !entry.target.startsWith('src/') && !isPure(entry))
          .map((entry) => `${file.path} -> ${entry.target}`),
      );
    expect(wrong).toEqual([]);
  });

  test('lead to files that exist', () => {
    const known = new Set(files.map((file) => file.path));
    const wrong = files.flatMap((file) =>
      file.imports
        .filter(
          (entry) =>
            /^(src|tests|bench|tools|scripts)\/.*\.ts$/.test(entry.target) && !known.has(entry.target),
        )
        .map((entry) => `${file.path} -> ${entry.target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('make no cycle', () => {
    expect(findCycles(program)).toEqual([]);
  });
});

describe('the domain', () => {
  test('asks its ports for time and chance', () => {
    const wrong = program
      .filter((file) => roomOf(file.path) in domain)
      .filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|Temporal\.Now\b|\bsetTimeout\(|\bprocess\./.test(
          code(file),
        ),
      )
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  test('keep to 400 lines, tables of data and migrations aside', () => {
    const wrong = program
      .filter(
        (file) => file.lines > 400 && !file.path.includes('/migrations/') && !/-data\.ts$/.test(file.path),
      )
      .map((file) => `${file.path}: ${file.lines}`);
    expect(wrong).toEqual([]);
  });

  test('have names that say what they are, in kebab-case', () => {
    const wrong = files
      .map((file) => file.path)
      .filter(
        (path) =>
          !/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.config|\.fixture)?\.ts$/.test(basename(path)) ||
          /^(utils?|helpers?|common|misc|manager|types)\b|-(utils?|helpers?)\.ts$/.test(basename(path)),
      );
    expect(wrong).toEqual([]);
  });

  test('have named exports only', () => {
    const wrong = program.filter((file) => /^export default\b/m.test(file.text)).map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  test('speak SQL in the store only', () => {
    const wrong = program
      .filter((file) => !['store', 'entry'].includes(roomOf(file.path)))
      .filter((file) =>
        file.imports.some((entry) => ['kysely', 'pg', 'better-sqlite3'].includes(entry.target)),
      )
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  test('export nothing that nobody imports', () => {
    const used = new Map<string, Set<string>>();
    for (const file of files) {
      for (const entry of file.imports) {
        const names = used.get(entry.target) ?? new Set();
        for (const name of entry.names) names.add(name);
        used.set(entry.target, names);
      }
    }
    const unused = program.flatMap((file) => {
      const names = used.get(file.path) ?? new Set();
      if (names.has('*')) return [];
      return file.exports
        .filter((name) => !names.has(name) && !isPartOfAnExport(file, name))
        .map((name) => `${file.path}: ${name}`);
    });
    expect(unused).toEqual([]);
  });
});

function mayImport(from: string, to: string): boolean {
  if (from === to || from === 'entry') return true;
  if (to in domain) return from in domain ? (domain[from] ?? []).includes(to) : edges.includes(from);
  return false;
}

function isPure({ target, names }: Import): boolean {
  // A digest of bytes is a computation; the rest of the module is chance and keys.
  if (target === 'node:crypto') return names.every((name) => name === 'hash');
  if (target.startsWith('.') || target.endsWith('.json')) return true;
  const name = target.startsWith('@')
    ? target.split('/').slice(0, 2).join('/')
    : (target.split('/')[0] ?? '');
  return pureLibraries.has(name);
}

/** A type that an exported signature of the same file mentions is in use wherever that signature is. */
function isPartOfAnExport(file: SourceFile, name: string): boolean {
  return (code(file).match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1 && /^[A-Z]/.test(name);
}

function code(file: SourceFile): string {
  return file.text.replace(/\/\*.*?\*\//gs, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** Cycles of run-time imports, each as a path that ends where it began. */
function findCycles(among: readonly SourceFile[]): string[] {
  const byPath = new Map(among.map((file) => [file.path, file]));
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    state.set(path, 'open');
    for (const entry of byPath.get(path)?.imports ?? []) {
      if (!entry.isTypeOnly && byPath.has(entry.target)) visit(entry.target, [...trail, path]);
    }
    state.set(path, 'done');
  };
  for (const file of among) visit(file.path, []);
  return cycles;
}
