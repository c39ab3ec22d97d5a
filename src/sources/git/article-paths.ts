import type { GitSettings } from './git-settings.ts';

/**
 * Names that are an index or a table of contents, never an article. In the history of the knowledge base that this was
 * measured on, every `toc.md` and `index.md` is a list of links, and what is in `includes` is a part of other files.
 */
const indexNames = /^(?:toc|_?index|readme|_?sidebar|_?navbar|404)$/i;
/** At the root these are about the repository; further down `security.md` can be an article. */
const rootNames =
  /^(?:security|support|summary|contributing|contributors|code[-_]of[-_]conduct|changelog|licen[sc]e(?:-code)?|notice|third-?party-?notices?|maintainers|authors|codeowners|governance|(?:pull_request|issue)_template)$/i;
const partFolders = /^(?:_?includes?|snippets|breadcrumbs?|node_modules)$/i;
const markdownName = /^(.*)\.(?:md|markdown)$/is;

/** Whether a path within the repository is an article, under a source's settings. */
export type IsArticlePath = (path: string) => boolean;

export function createArticlePaths(settings: Pick<GitSettings, 'include' | 'exclude'>): IsArticlePath {
  const included = settings.include.map(compilePattern);
  const excluded = settings.exclude.map(compilePattern);
  return (path) => {
    const plain = unquotePath(path);
    const segments = plain.split('/');
    const name = markdownName.exec(segments.pop() ?? '')?.[1];
    if (name === undefined || name === '' || name.startsWith('.') || indexNames.test(name)) return false;
    if (segments.length === 0 && rootNames.test(name)) return false;
    if (segments.some((folder) => folder.startsWith('.') || partFolders.test(folder))) return false;
    if (included.length > 0 && !included.some((pattern) => pattern.test(plain))) return false;
    return !excluded.some((pattern) => pattern.test(plain));
  };
}

/**
 * Tools that write file names as git prints them leave paths like `"a/caf\303\251.md"` in real repositories, quotes
 * and all. This is the name that was meant; other paths pass unchanged.
 */
export function unquotePath(path: string): string {
  if (path.length < 2 || !path.startsWith('"') || !path.endsWith('"')) return path;
  const bytes = path
    .slice(1, -1)
    .replace(/[^\0-\x7f]/g, (character) => Buffer.from(character, 'utf8').toString('latin1'))
    .replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
      /^[0-7]{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8) & 0xff) : code,
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A folder takes everything below it; in a pattern `*` stays within a name and `**` crosses folders. */
function compilePattern(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*\/?|\*|\?)/)
    .map((piece) => {
      if (piece === '**/') return '(?:.*/)?';
      if (piece === '**') return '.*';
      if (piece === '*') return '[^/]*';
      if (piece === '?') return '[^/]';
      return piece.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}(?:/.*)?$`, 'is');
}
