import { compareDocuments } from '../difference/compare-documents.ts';
import { compareWords } from '../difference/compare-words.ts';
import type {
  BlockDifference,
  FactDifference,
  LinkDifference,
  Piece,
  SectionDifference,
} from '../difference/document-difference.ts';
import { listReplacements } from '../difference/list-replacements.ts';
import type { Block, Document } from '../document.ts';
import { compareProducts } from '../significance/compare-products.ts';
import { foldTypography } from '../significance/fold-typography.ts';
import type { ArticleEdit } from './article-edit.ts';

/** Facts that a page does not show, or that always go with an edit. */
const quietFacts = new Set(['description', 'keywords', 'language', 'vendor-date', 'vendor-revision']);

/** The edits by which one document became another, each kind of edit once. */
export function listEdits(before: Document, after: Document): ArticleEdit[] {
  const difference =
    before.sections === after.sections
      ? { ...compareDocuments({ ...before, sections: [] }, { ...after, sections: [] }) }
      : compareDocuments(before, after);
  const edits = [
    ...difference.facts.flatMap((fact) => listFactEdits(fact)),
    ...listProductEdits(before, after),
    ...difference.sections.flatMap(listSectionEdits),
  ];
  if (edits.length === 0) edits.push(isReordered(difference.sections) ? order : quietEdit(difference.facts));
  return [...new Map(edits.map((edit) => [edit.key, edit])).values()];
}

function quietEdit(facts: readonly FactDifference[]): ArticleEdit {
  const hasDate = facts.some((fact) => fact.name === 'vendor-date');
  return hasDate ? { key: 'date', kind: 'date' } : { key: 'metadata', kind: 'metadata' };
}

function listFactEdits({ name, before, after }: FactDifference): ArticleEdit[] {
  if (quietFacts.has(name) || name === 'applies-to') return [];
  if (name === 'external-ids') return [{ key: 'metadata', kind: 'metadata' }];
  return listTextEdits(compareWords(before[0] ?? '', after[0] ?? ''));
}

function listProductEdits(before: Document, after: Document): ArticleEdit[] {
  const hadProducts = before.appliesTo.length > 0;
  if (hadProducts !== after.appliesTo.length > 0) {
    const kind = hadProducts ? 'products-unlisted' : 'products-listed';
    return [{ key: kind, kind }];
  }
  const { added, removed, renamed } = compareProducts(before.appliesTo, after.appliesTo);
  return [
    ...added.map((text): ArticleEdit => ({ key: `+product ${text}`, kind: 'product-added', text })),
    ...removed.map((text): ArticleEdit => ({ key: `-product ${text}`, kind: 'product-removed', text })),
    ...renamed.flatMap((names) => listTextEdits(compareWords(names.before, names.after))),
  ];
}

const order: ArticleEdit = { key: 'order', kind: 'order' };

function isReordered(sections: readonly SectionDifference[]): boolean {
  return sections.some(({ isMoved, blocks }) => isMoved || blocks.some((row) => row.moved !== null));
}

function listSectionEdits(section: SectionDifference): ArticleEdit[] {
  return section.state === 'same'
    ? []
    : [...listHeadingEdits(section), ...section.blocks.flatMap(listBlockEdits)];
}

function listHeadingEdits({ state, before, after, heading }: SectionDifference): ArticleEdit[] {
  const text = (after ?? before)?.section.heading ?? '';
  if (text === '') return [];
  if (state === 'added') return [{ key: `+heading ${text}`, kind: 'heading-added', text }];
  if (state === 'removed') return [{ key: `-heading ${text}`, kind: 'heading-removed', text }];
  return listTextEdits(heading);
}

function listBlockEdits(row: BlockDifference): ArticleEdit[] {
  const { state, pieces, links, moved } = row;
  if (state === 'same') return [];
  // A moved block stands at two places; its edits count where it went.
  if (moved !== null && state === 'removed') return [];
  if (moved !== null || state === 'changed') return [...listTextEdits(pieces), ...listLinkEdits(links)];
  const block = row.after ?? row.before;
  if (block === null) return [];
  const text = foldTypography(block.text);
  const kind = state === 'added' ? 'block-added' : 'block-removed';
  return [{ key: `${kind} ${text}`, kind, text, noun: nounOf(block) }];
}

function listTextEdits(pieces: readonly Piece[]): ArticleEdit[] {
  return listReplacements(pieces).flatMap(({ before, after }): ArticleEdit[] => {
    if (!hasWords(before + after) || foldTypography(before) === foldTypography(after)) {
      return [{ key: 'typography', kind: 'typography' }];
    }
    if (before === '') return [{ key: `+${after}`, kind: 'inserted', text: after }];
    if (after === '') return [{ key: `-${before}`, kind: 'deleted', text: before }];
    return [{ key: `${before}\n${after}`, kind: 'replaced', before, after }];
  });
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function listLinkEdits(links: readonly LinkDifference[]): ArticleEdit[] {
  return links.map((link): ArticleEdit => {
    const base = link.before !== null && link.after !== null ? findRebase(link.before, link.after) : null;
    if (base !== null)
      return { key: `rebased ${base.before}\n${base.after}`, kind: 'links-rebased', ...base };
    const text = `${link.before ?? 'no link'} → ${link.after ?? 'no link'}`;
    return { key: `link ${text}`, kind: 'link-changed', text };
  });
}

/** The first parts of two links that lead to the same path below them; '' stands for a relative link. */
function findRebase(before: string, after: string): { before: string; after: string } | null {
  const one = before.split('/');
  const other = after.split('/');
  let shared = 0;
  while (
    shared < Math.min(one.length, other.length) &&
    one.at(-1 - shared) === other.at(-1 - shared) &&
    one.at(-1 - shared) !== ''
  ) {
    shared++;
  }
  if (shared === 0) return null;
  const baseOf = (parts: readonly string[]) => parts.slice(0, parts.length - shared).join('/');
  return { before: hostOf(baseOf(one)), after: hostOf(baseOf(other)) };
}

function hostOf(base: string): string {
  return base.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}

function nounOf({ kind, label }: Block): string {
  // "Important" is no noun: "the same important was added" reads like a slip.
  if (kind === 'alert') return label === '' || label === 'important' ? 'note' : label;
  return {
    paragraph: 'paragraph',
    step: 'step',
    bullet: 'item',
    code: 'command',
    'table-row': 'table row',
    image: 'image',
  }[kind];
}
