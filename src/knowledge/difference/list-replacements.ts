import type { Piece } from './document-difference.ts';

/** What stood at a spot of a text and what stands there now. */
export type Replacement = { readonly before: string; readonly after: string };

/**
 * The replacements in a text, each widened to the whole name in which it stands: in "Office 365" → "Microsoft 365"
 * only the first word differs, yet the name is what was replaced.
 */
export function listReplacements(pieces: readonly Piece[]): Replacement[] {
  return pieces.flatMap((piece, index): Replacement[] => {
    if (piece.state === 'same') return [];
    const last = pieces[index - 1];
    const next = pieces[index + 1];
    if (piece.state === 'added' && last?.state === 'removed') return [];
    const isReplaced = piece.state === 'removed' && next?.state === 'added';
    const before = piece.state === 'removed' ? piece.text : '';
    const after = isReplaced ? next.text : piece.state === 'added' ? piece.text : '';
    const left = last?.state === 'same' ? last.text : '';
    const following = pieces[index + (isReplaced ? 2 : 1)];
    const right = following?.state === 'same' ? following.text : '';
    return [widen({ before, after }, left, right)];
  });
}

const lastNameWord = /(?:^|[\s(])(\p{Lu}\p{L}*\s?)$/u;
const number = /^\s?\d[\d.]*(?![\p{L}\p{N}])/u;
const nextNameWord = /^\s\p{Lu}\p{L}*/u;

function widen({ before, after }: Replacement, left: string, right: string): Replacement {
  if (!isNameLike(before) && !isNameLike(after)) return { before: tidy(before), after: tidy(after) };
  // What was put into a name, taken out of it or is a number means nothing without the word before.
  const isPartOfName = before === '' || after === '' || /^\s*\d/.test(before) || /^\s*\d/.test(after);
  const start = isPartOfName ? (lastNameWord.exec(left)?.[1] ?? '') : '';
  const isSingle = isSingleWord(before) && isSingleWord(after);
  const end = number.exec(right)?.[0] ?? (isSingle ? nextNameWord.exec(right)?.[0] : undefined) ?? '';
  return { before: tidy(`${start}${before}${end}`), after: tidy(`${start}${after}${end}`) };
}

function isSingleWord(text: string): boolean {
  return /^\s*\p{L}+\s*$/u.test(text);
}

function isNameLike(text: string): boolean {
  return /^\s*(?:an?\s|the\s)?\p{Lu}[\p{L}\s]*$/u.test(text) && text.trim().length <= 60;
}

/** Without white space, articles and punctuation at the ends. */
function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[\s.,:;!?]+|[\s.,:;!?]+$/g, '')
    .replace(/^(?:an?|the) (?=\p{Lu})/iu, '')
    .trim();
}
