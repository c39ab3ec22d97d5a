/**
 * Which paths are wanted, by patterns of those to take and to leave, where `*` is anything and `$` the end. Without
 * patterns to take, all are. Paths begin with a slash.
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

/**
 * A pattern begins where the path does and ends anywhere, as in robots.txt: `$` at its end is the path's end. Linear in
 * the path's length.
 */
function toPattern(written: string): (path: string) => boolean {
  const isToTheEnd = written.endsWith('$');
  const pattern = isToTheEnd ? written.slice(0, -1) : written;
  const rooted = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const [first = '', ...rest] = rooted.split('*');
  const last = rest.pop();
  return (path) => {
    if (!path.startsWith(first)) return false;
    if (last === undefined) return !isToTheEnd || path === first;
    let at = first.length;
    for (const piece of rest) {
      const found = path.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return isToTheEnd ? path.length - last.length >= at && path.endsWith(last) : path.indexOf(last, at) >= 0;
  };
}
