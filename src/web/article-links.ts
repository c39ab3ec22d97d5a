import type { Article } from '../knowledge/article.ts';
import type { SitePorts } from './site-ports.ts';

const maxLinks = 150;
const base = 'https://source.invalid/';

export type ArticleLinks = {
  /** Where a link of the article leads from its page: to our own copy, to the vendor, or nowhere (null). */
  resolveLink(href: string): string | null;
  /** The articles that it refers to, as far as we keep them. */
  readonly references: readonly Article[];
};

/** Finds our own copies of what an article links to (`targets`, each once), and makes its other links whole. */
export async function resolveArticleLinks(
  archive: SitePorts['archive'],
  article: Article,
  targets: readonly string[],
  pathOf: (article: Article) => string,
): Promise<ArticleLinks> {
  const named = targets.slice(0, maxLinks).map((href) => ({ href, names: namesOf(href, article) }));
  const found = await archive.findArticlesByNames(named.flatMap(({ names }) => names));
  const own = new Map<string, Article>();
  for (const { href, names } of named) {
    const candidates = names.flatMap((name) => found.get(name) ?? []);
    const ofSource = candidates.find((one) => one.sourceId === article.sourceId);
    // Two sources may have the same path for different articles; an address or a KB number means one wherever it is.
    const copy = ofSource ?? (isRelative(href) ? undefined : candidates[0]);
    if (copy !== undefined) own.set(href, copy);
  }
  const others = new Map([...own.values()].map((one) => [one.id, one]));
  others.delete(article.id);
  return {
    references: [...others.values()],
    resolveLink(href) {
      const copy = own.get(href);
      if (copy !== undefined) return `${pathOf(copy)}${fragmentOf(href)}`;
      return makeWhole(href, article.url);
    },
  };
}

const isRelative = (href: string) => !/^https?:\/\//i.test(href) && !href.startsWith('/');

/** What an article behind the link may be called: its KB number, its URL, its path within the source. */
function namesOf(href: string, article: Article): string[] {
  const path = href.replace(/[?#].*$/, '');
  if (path === '' || /^(mailto|tel|javascript|data):/i.test(path)) return [];
  if (/^https?:\/\//i.test(path)) {
    const number =
      /(?:support\.microsoft\.com|microsoft\.com\/.*)\/(?:[^/]*\/)*(?:help|kb|article|topic)\/(?:kb)?(\d{5,7})\b/i.exec(
        path,
      );
    return [...(number?.[1] === undefined ? [] : [`KB${number[1]}`]), path, path.replace(/\/$/, '')];
  }
  if (path.startsWith('/')) {
    const whole = makeWhole(path, article.url);
    return whole === null ? [] : [whole];
  }
  const key = decode(new URL(path, `${base}${article.key}`).href.slice(base.length));
  return /\.\w{1,8}$/.test(key) ? [key] : [key, `${key}.md`];
}

function makeWhole(href: string, articleUrl: string | null): string | null {
  if (/^https?:\/\//i.test(href) || /^mailto:/i.test(href)) return href;
  if (articleUrl === null) return null;
  try {
    return new URL(href.replace(/\.md(?=$|[?#])/i, ''), articleUrl).href;
  } catch {
    return null; // what is no address leads nowhere
  }
}

function fragmentOf(href: string): string {
  const at = href.indexOf('#');
  return at < 0 ? '' : href.slice(at);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray % stands for itself
  }
}
