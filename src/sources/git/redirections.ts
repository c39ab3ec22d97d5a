import { resolveRepositoryPath } from '../../knowledge/reading/include-links.ts';
import type { PageUrlOf } from './page-url.ts';

/** `.openpublishing.redirection.json` and its namesakes for parts of a repository. */
export function isRedirectionFile(path: string): boolean {
  return /(?:^|\/)\.openpublishing\.redirection[^/]*\.json$/i.test(path);
}

/** A path that the vendor no longer shows, and where it sends its readers. */
export type Redirection = { readonly from: string; readonly url: string };

/** Reads a redirection file; what is wrong with it is a sentence, the rest is taken. */
export function readRedirections(
  path: string,
  text: string,
): { redirections: Redirection[]; warning: string | null } {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { redirections: [], warning: `${path} is no JSON: its redirections were not read.` };
  }
  const listed =
    typeof content === 'object' && content !== null && 'redirections' in content
      ? content.redirections
      : null;
  if (!Array.isArray(listed)) return { redirections: [], warning: `${path} has no list of redirections.` };
  const redirections: Redirection[] = [];
  for (const entry of listed as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) continue;
    const {
      source_path: near,
      source_path_from_root: rooted,
      redirect_url: url,
    } = entry as Readonly<Record<string, unknown>>; // keys are checked below
    if (typeof url !== 'string') continue;
    const from =
      typeof rooted === 'string'
        ? resolveRepositoryPath('', `/${rooted.replace(/^\/+/, '')}`)
        : typeof near === 'string'
          ? resolveRepositoryPath(path, near)
          : null;
    if (from !== null) redirections.push({ from, url });
  }
  return { redirections, warning: null };
}

/** Which article each former path has become. */
export type RedirectionMap = {
  /** Former paths that lead to the article, over any number of steps. */
  listFormer(path: string): readonly string[];
  /** Where a former path leads, as the vendor writes it. */
  findUrl(from: string): string | null;
};

/**
 * Follows redirections to articles that exist. A URL names an article when it is the article's page, or when the
 * article is the only one whose path ends like the URL in at least its folder and name.
 */
export function createRedirectionMap(
  redirections: readonly Redirection[],
  articles: Iterable<string>,
  pageUrlOf: PageUrlOf,
): RedirectionMap {
  const urls = new Map(redirections.map(({ from, url }) => [from, url]));
  const byName = new Map<string, string[]>();
  if (urls.size > 0) {
    for (const path of [...articles, ...urls.keys()]) {
      const name = (plainSegments(path).at(-1) ?? '').toLowerCase();
      const known = byName.get(name);
      if (known) known.push(path);
      else byName.set(name, [path]);
    }
  }
  const exists = (path: string) => !urls.has(path);
  const findTarget = (from: string): string | null => {
    const seen = new Set<string>([from]);
    let url = urls.get(from);
    while (url !== undefined) {
      const next = findPath(url, byName, pageUrlOf, seen);
      if (next === null) return null;
      if (exists(next)) return next;
      seen.add(next);
      url = urls.get(next);
    }
    return null;
  };
  const former = new Map<string, string[]>();
  for (const from of urls.keys()) {
    const target = findTarget(from);
    if (target === null) continue;
    const known = former.get(target);
    if (known) known.push(from);
    else former.set(target, [from]);
  }
  return { listFormer: (path) => former.get(path) ?? [], findUrl: (from) => urls.get(from) ?? null };
}

function findPath(
  url: string,
  byName: ReadonlyMap<string, readonly string[]>,
  pageUrlOf: PageUrlOf,
  seen: ReadonlySet<string>,
): string | null {
  const wanted = plainSegments(url.replace(/[?#].*$/s, ''));
  const candidates = (byName.get((wanted.at(-1) ?? '').toLowerCase()) ?? []).filter(
    (path) => !seen.has(path),
  );
  const exact = candidates.find((path) => samePage(pageUrlOf(path), url));
  if (exact !== undefined) return exact;
  const scored = candidates.map((path) => ({ path, shared: countSharedEnd(plainSegments(path), wanted) }));
  const best = Math.max(0, ...scored.map(({ shared }) => shared));
  const winners = scored.filter(({ shared }) => shared === best);
  return best >= 2 && winners.length === 1 ? (winners[0]?.path ?? null) : null;
}

function samePage(page: string | null, url: string): boolean {
  if (page === null) return false;
  const pathOf = (text: string) =>
    plainSegments(text.replace(/[?#].*$/s, ''))
      .join('/')
      .toLowerCase();
  return pathOf(page) === pathOf(url);
}

/** Folders and name without host, language and extension. */
function plainSegments(path: string): string[] {
  return path
    .replace(/^https?:\/\/[^/]+/i, '')
    .replace(/\.(?:md|markdown|yml|html?)$/i, '')
    .split('/')
    .filter((part, index) => part !== '' && !(index <= 1 && /^[a-z]{2}-[a-z]{2,4}$/i.test(part)));
}

function countSharedEnd(one: readonly string[], other: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(one.length, other.length)) {
    if (one[one.length - 1 - shared]?.toLowerCase() !== other[other.length - 1 - shared]?.toLowerCase())
      break;
    shared += 1;
  }
  return shared;
}
