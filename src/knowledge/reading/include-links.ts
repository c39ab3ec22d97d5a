const includeLink =
  /\[!include\s*(?:-?\s*)\[[^\]\n]{0,300}\]\s*\(\s*<?([^()\s<>]{1,500})>?(?:\s+"[^"\n]{0,200}")?\s*\)\s*\]/gi;

/** Targets of all `[!INCLUDE [title](path)]` of a Markdown text, as written, each once. */
export function findIncludeLinks(text: string): string[] {
  if (!/\[!include/i.test(text)) return [];
  const targets = new Set<string>();
  for (const match of text.matchAll(includeLink)) if (match[1] !== undefined) targets.add(match[1]);
  return [...targets];
}

/**
 * The path, from the root of the repository, that a link in the file `from` means: relative to that file, or to the
 * root when it begins with `~/` or `/`. Null when it leaves the repository or is a URL.
 */
export function resolveRepositoryPath(from: string, link: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return null;
  const path = decodePath(link.replace(/[?#].*$/s, '')).replaceAll('\\', '/');
  const isFromRoot = path.startsWith('~/') || path.startsWith('/');
  const start = isFromRoot ? [] : from.split('/').slice(0, -1);
  const parts: string[] = [...start];
  for (const part of (isFromRoot ? path.replace(/^~?\/+/, '') : path).split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : parts.join('/');
}

function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray % is part of the name
  }
}

/** The link that, written in the file `from`, means what `link` means in the file `base` (an include). */
export function rebaseLink(from: string, base: string, link: string): string {
  if (from === base || link === '' || /^(?:[a-z][a-z0-9+.-]*:|[/#~])/i.test(link)) return link;
  const cut = link.search(/[?#]/);
  const path = resolveRepositoryPath(base, cut === -1 ? link : link.slice(0, cut));
  if (path === null) return link;
  const here = from.split('/').slice(0, -1);
  const there = path.split('/');
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1;
  const up = '../'.repeat(here.length - shared);
  return `${up}${there.slice(shared).join('/')}${cut === -1 ? '' : link.slice(cut)}`;
}

const harmlessScheme = /^(?:https?|mailto|ftp|tel):/i;

/** A link target as it may be kept: '' for one that could run something or leave the browser. */
export function keepHarmlessLink(href: string): string {
  // Browsers leave out control characters and spaces before they look for a scheme.
  const bare = /[\p{Cc}\s]/u.test(href) ? href.replace(/[\p{Cc}\s]+/gu, '') : href;
  return /^[^/?#]*:/.test(bare) && !harmlessScheme.test(bare) ? '' : href;
}
