/**
 * Which of a site's pages are articles: on an allowed host, and by patterns of their path, where `*` stands for
 * anything. Without patterns to include all are.
 */
export function createPageFilter(options: {
  hosts: readonly string[];
  include: readonly string[];
  exclude: readonly string[];
}): (url: string) => boolean {
  const include = options.include.map(toPattern);
  const exclude = options.exclude.map(toPattern);
  const hosts = new Set(options.hosts.map((host) => host.toLowerCase()));
  return (text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    if (!/^https?:$/.test(url.protocol) || !hosts.has(url.host)) return false;
    const path = url.pathname + url.search;
    return (
      (include.length === 0 || include.some((fits) => fits(path))) && !exclude.some((fits) => fits(path))
    );
  };
}

/** A pattern begins where the path does; without an asterisk it's a folder or a page. Linear in the path's length. */
function toPattern(pattern: string): (path: string) => boolean {
  const pieces = (pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`).split('*');
  const [first = '', ...rest] = pieces;
  return (path) => {
    if (!path.startsWith(first)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = path.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return true;
  };
}
