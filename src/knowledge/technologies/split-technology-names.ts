/**
 * Takes apart a value that names several products: "Word 2019, Word 2016", "Exchange 2013/2016", and names that lost
 * what stood between them ("Excel 2010Excel 2013"), where `isKnown` says that both sides are products.
 * Returns the value alone where it is one name.
 */
export function splitTechnologyNames(value: string, isKnown: (name: string) => boolean): string[] {
  const listed = value
    .split(/[,;|•\n]|\s+\/\s+|(?<=\d{4})\/(?=\d{4})/)
    .flatMap((part) => splitAtConjunction(part, isKnown))
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const whole = listed.length > 1 ? repeatProduct(listed) : listed;
  return whole.flatMap((part) => (isKnown(part) ? [part] : splitGluedNames(part, isKnown)));
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

function splitGluedNames(part: string, isKnown: (name: string) => boolean): string[] {
  for (const { index } of part.matchAll(/(?<=[\p{Ll}\d)])(?=\p{Lu})|\s(?=\p{Lu})/gu)) {
    const left = part.slice(0, index).trim();
    const right = part.slice(index).trim();
    if (
      left !== '' &&
      right !== '' &&
      isKnown(left) &&
      (isKnown(right) || splitGluedNames(right, isKnown).length > 1)
    )
      return [left, ...(isKnown(right) ? [right] : splitGluedNames(right, isKnown))];
  }
  return [part];
}
