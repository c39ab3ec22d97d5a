import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export type SourceFile = {
  /** Relative to the project's root, such as `src/alerts/plan-digests.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Names that it exports itself (no re-exports). */
  readonly exports: readonly string[];
};

/** `target` is a path as above for an own file, else the name of the package or `node:` module. */
export type Import = {
  readonly target: string;
  readonly isTypeOnly: boolean;
  readonly names: readonly string[];
};

const root = join(import.meta.dirname, '../..');

/** All TypeScript files of the project, read and their imports found. */
export function readSourceFiles(): SourceFile[] {
  return globSync('{src,tests,bench,tools,scripts}/**/*.ts', { cwd: root })
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return {
        path,
        text,
        lines: text.split('\n').length - 1,
        imports: findImports(path, text),
        exports: findExports(text),
      };
    });
}

const statement =
  /^\s*(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s+'([^']+)'|^\s*import\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/gm;

function findImports(path: string, text: string): Import[] {
  return [...text.matchAll(statement)].map(([, type, names = '', from, bare, dynamic]) => ({
    target: resolveTarget(path, from ?? bare ?? dynamic ?? ''),
    isTypeOnly: type !== undefined,
    names: dynamic ? ['*'] : findNames(names),
  }));
}

function findNames(clause: string): string[] {
  if (clause.includes('*')) return ['*'];
  const inBraces = /\{([^}]*)\}/s.exec(clause)?.[1] ?? '';
  return inBraces
    .split(',')
    .map((name) =>
      name
        .trim()
        .replace(/^type\s+/, '')
        .replace(/\s+as\s+.*/s, ''),
    )
    .filter((name) => name !== '');
}

function resolveTarget(path: string, specifier: string): string {
  return specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
}

const declaration =
  /^export\s+(?:async\s+)?(?:abstract\s+)?(?:function\*?|const|let|class|type|interface)\s+(\w+)/gm;

function findExports(text: string): string[] {
  return [...text.matchAll(declaration)].map(([, name]) => name ?? '');
}
