import type { Reason } from '../change.ts';
import type { BlockDifference } from '../difference/document-difference.ts';
import type { ChangeEvidence } from './change-evidence.ts';
import { compareProducts } from './compare-products.ts';
import { foldTypography } from './fold-typography.ts';
import type { SentenceRole } from './sentence-role.ts';

/** Reasons why a visible change is no more than minor: what kinds of edits it consists of. */
export function nameMinorReasons(evidence: ChangeEvidence): Reason[] {
  const reasons = [
    ...nameProductList(evidence),
    ...nameRenames(evidence),
    ...nameRoles(evidence),
    ...nameImages(evidence),
    ...nameOrder(evidence),
    ...nameTitle(evidence),
    ...nameWording(evidence),
  ];
  return reasons.length > 0 ? reasons : [plain('formatting-changed', 'Only formatting or links changed.')];
}

function plain(code: string, sentence: string): Reason {
  return { code, section: null, sentence };
}

function nameProductList({ before, after }: ChangeEvidence): Reason[] {
  const had = before.appliesTo.length > 0;
  if (had === after.appliesTo.length > 0) return [];
  return had
    ? [plain('applies-to-unlisted', 'The list of products was taken out.')]
    : [plain('applies-to-listed', `Products are listed now: ${after.appliesTo.join(', ')}.`)];
}

function nameRenames({ before, after, difference }: ChangeEvidence): Reason[] {
  const { renamed } = compareProducts(before.appliesTo, after.appliesTo);
  const [first] = renamed;
  if (first !== undefined) {
    return [plain('product-renamed', `Product renamed only: “${first.before}” is “${first.after}” now.`)];
  }
  const swaps = difference.sections.flatMap((section) => section.blocks).flatMap(listNameSwaps);
  const [swap] = swaps;
  return swap === undefined
    ? []
    : [plain('product-renamed', `Renamed only: “${swap.before}” is “${swap.after}” now.`)];
}

function listNameSwaps(row: BlockDifference): { before: string; after: string }[] {
  return row.pieces.flatMap((piece, index) => {
    const next = row.pieces[index + 1];
    const isSwap = piece.state === 'removed' && next?.state === 'added';
    if (!isSwap || !isName(piece.text) || !isName(next.text)) return [];
    return letters(piece.text) === letters(next.text)
      ? []
      : [{ before: piece.text.trim(), after: next.text.trim() }];
  });
}

function isName(text: string): boolean {
  return /^\p{Lu}[\p{L}\s]{2,50}$/u.test(text.trim());
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}

const roleReasons: readonly (readonly [SentenceRole, string, string])[] = [
  ['boilerplate', 'boilerplate-changed', 'Standing text of the publisher was added, removed or replaced.'],
  ['reference', 'references-changed', 'Pointers to further reading changed.'],
  ['introduction', 'introduction-changed', 'The introduction to what the article is about changed.'],
];

function nameRoles({ spots }: ChangeEvidence): Reason[] {
  const roles = new Set(
    spots
      .flatMap((spot) => [...spot.gone, ...spot.came])
      .filter((sentence) => sentence.residue.length > 0)
      .map((sentence) => sentence.role),
  );
  return roleReasons.filter(([role]) => roles.has(role)).map(([, code, sentence]) => plain(code, sentence));
}

function nameImages({ difference }: ChangeEvidence): Reason[] {
  const hasImages = difference.sections
    .flatMap((section) => section.blocks)
    .some((row) => row.state !== 'same' && (row.after ?? row.before)?.kind === 'image');
  return hasImages ? [plain('images-changed', 'Images or their descriptions changed.')] : [];
}

function nameOrder({ difference }: ChangeEvidence): Reason[] {
  const isReordered = difference.sections.some(
    (section) => section.isMoved || section.blocks.some((row) => row.moved !== null),
  );
  return isReordered ? [plain('order-changed', 'Parts of the text changed their place.')] : [];
}

function nameTitle({ before, after }: ChangeEvidence): Reason[] {
  if (foldTypography(before.title) === foldTypography(after.title)) return [];
  return [plain('title-changed', `The title is “${after.title}” now.`)];
}

function nameWording({ spots, difference }: ChangeEvidence): Reason[] {
  const isReworded = spots.some((spot) => spot.rows.some((row) => row.pieces.some(isChanged)));
  if (isReworded) return [plain('reworded', 'Reworded; the content is the same.')];
  const hasHeading = difference.sections.some((section) => section.heading.some(isChanged));
  return hasHeading ? [plain('headings-changed', 'Headings changed.')] : [];
}

function isChanged(piece: { readonly state: string }): boolean {
  return piece.state !== 'same';
}
