import type { Reason } from '../change.ts';
import { compareWords } from '../difference/compare-words.ts';
import { listReplacements, type Replacement } from '../difference/list-replacements.ts';
import type { ChangeEvidence } from './change-evidence.ts';
import { compareProducts } from './compare-products.ts';
import { readContentWords } from './content-words.ts';
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
  const [only, ...more] = reasons;
  if (only === undefined) return [plain('formatting-changed', 'Only formatting or links changed.')];
  const isOnly = more.length === 0 && only.code === 'product-renamed';
  return isOnly ? [{ ...only, sentence: only.sentence.replace('renamed:', 'renamed only:') }] : reasons;
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

/** The first name that only became another name of the same product; an edit may have many. */
function nameRenames({ before, after, difference }: ChangeEvidence): Reason[] {
  const pieces = [
    compareWords(before.title, after.title),
    ...difference.sections.flatMap((section) => [
      section.heading,
      ...section.blocks.map((row) => row.pieces),
    ]),
  ];
  const [rename] = [
    ...compareProducts(before.appliesTo, after.appliesTo).renamed,
    ...pieces.flatMap(listReplacements).filter(isRename),
  ];
  if (rename === undefined) return [];
  return [plain('product-renamed', `Product renamed: “${rename.before}” is “${rename.after}” now.`)];
}

function isRename({ before, after }: Replacement): boolean {
  const one = readContentWords(before);
  const other = readContentWords(after);
  return (
    one.length > 0 &&
    one.every((word, index) => word.class === 'product' && word.key === other[index]?.key) &&
    letters(before) !== letters(after)
  );
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
  if (contentOf(before.title) === contentOf(after.title)) return [];
  return [plain('title-changed', `The title is “${after.title}” now.`)];
}

function contentOf(text: string): string {
  return readContentWords(foldTypography(text))
    .map((word) => word.key)
    .join(' ');
}

function nameWording({ spots, difference }: ChangeEvidence): Reason[] {
  const rows = spots.flatMap((spot) => spot.rows);
  const replacements = rows.flatMap((row) => listReplacements(row.pieces));
  if (replacements.some((one) => one.before !== one.after && !isRename(one))) {
    return [plain('reworded', 'Reworded; the content is the same.')];
  }
  const hasHeading = difference.sections.some((section) =>
    listReplacements(section.heading).some(isNoRename),
  );
  return hasHeading ? [plain('headings-changed', 'Headings changed.')] : [];
}

function isNoRename(replacement: Replacement): boolean {
  return !isRename(replacement);
}
