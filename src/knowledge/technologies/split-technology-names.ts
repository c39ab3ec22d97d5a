/**
 * Takes apart a value that names several products: "Word 2019, Word 2016", "Exchange 2013/2016", and names that lost
 * what stood between them ("Excel 2010Excel 2013"). Only where `isKnown` says that every piece is a product, since
 * names of products have commas too; else returns the value alone. `isExact` says it of names with nothing left out.
 */
export function splitTechnologyNames(
  value: string,
  isKnown: (name: string) => boolean,
  isExact: (name: string) => boolean = isKnown,
): string[] {
  const listed = value
    .split(/[,;|•\n](?![^()]*\))|\s+\/\s+|(?<=\d{4})\/(?=\d{4})/)
    .flatMap((part) => splitAtConjunction(part, isKnown))
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const parts = listed.length > 1 ? repeatProduct(listed) : listed;
  const names = parts.map((part) => (isKnown(part) ? [part] : splitGluedNames(part, isKnown, isExact)));
  const isList = names.every((pieces) => pieces.length > 1 || isKnown(pieces[0] ?? ''));
  return isList ? names.flat() : [value];
}

function splitAtConjunction(part: string, isKnown: (name: string) => boolean): string[] {
  const pieces = part.split(/(?:^|\s)(?:and|or|&)\s/).filter((piece) => piece.trim() !== '');
  const areNames = pieces.every((piece) => isKnown(piece) || /^\s*(?:\d{4}|later|earlier)/.test(piece));
  return areNames ? pieces : [part];
}

/** "Word 2019, 2016" says "Word 2019, Word 2016". */
function repeatProduct(parts: readonly string[]): string[] {
  let product = '';
  return parts.map((part) => {
    if (/^\d{4}(?: R2)?$/.test(part) && product !== '') return `${product} ${part}`;
    product = part.replace(/\s+\d{4}(?: R2)?$/, '');
    return part;
  });
}

/** The left one must end with a version or be a name as it stands, since "WebAccess" is one name. */
function splitGluedNames(
  part: string,
  isKnown: (name: string) => boolean,
  isExact: (name: string) => boolean,
): string[] {
  for (const { index } of part.matchAll(/(?<=[\p{Ll}\d)])(?=\p{Lu})|(?<=\d)\s(?=\p{Lu})/gu)) {
    const left = part.slice(0, index).trim();
    const right = part.slice(index).trim();
    if (!isKnown(left) || !(/\d$/.test(left) || isExact(left))) continue;
    if (isKnown(right)) return [left, right];
    const rest = splitGluedNames(right, isKnown, isExact);
    if (rest.length > 1) return [left, ...rest];
  }
  return [part];
}
