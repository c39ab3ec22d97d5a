/**
 * Which paths are wanted, by patterns of those to take and to leave, where `*` is anything. Without patterns to take,
 * all are. Paths begin with a slash.
 */
export function createPathPatterns(patterns: {
  include: readonly string[];
  exclude: readonly string[];
}): (path: string) => boolean {
  const include = patterns.include.map(toPattern);
  const exclude = patterns.exclude.map(toPattern);
  return (path) =>
    (include.length === 0 || include.some((fits) => fits(path))) && !exclude.some((fits) => fits(path));
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
