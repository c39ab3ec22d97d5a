import { html } from 'hono/html';
import type {
  BlockDifference,
  DocumentDifference,
  FactDifference,
  Piece,
  SectionDifference,
} from '../../knowledge/difference/document-difference.ts';
import { type FoldedBlocks, foldUnchanged } from '../../knowledge/difference/fold-unchanged.ts';
import type { Block } from '../../knowledge/document.ts';
import type { Markup } from './markup.ts';
import { countOf } from './wording.ts';

/** Unchanged blocks shown on each side of a change, so that a reader knows where it is. */
const contextBlocks = 1;

export const differenceLayouts = ['side-by-side', 'inline'] as const;
/** Two columns, or one in which each changed word stands behind what it replaced. */
export type DifferenceLayout = (typeof differenceLayouts)[number];

/** Two revisions: what differs, with a little of what is around it; the rest can be unfolded. */
export function differenceView(
  difference: DocumentDifference,
  heads: { readonly before: Markup; readonly after: Markup },
  layout: DifferenceLayout,
): Markup {
  const changed = difference.sections.filter((section) => section.state !== 'same' || section.isMoved);
  if (difference.facts.length === 0 && changed.length === 0) {
    return html`<div class="note"><p><strong>Nothing that a reader can see.</strong> What differs is how the text is written down: its markup, its metadata or its white space.</p></div>`;
  }
  const unchanged = difference.sections.length - changed.length;
  return html`${layout === 'side-by-side' && html`<div class="diff"><div class="pair head"><div>${heads.before}</div><div>${heads.after}</div></div></div>`}
${difference.facts.length > 0 && html`<h2>What the vendor says of it</h2><div class="diff ${layout}">${difference.facts.map(showFact)}</div>`}
${changed.map((section) => showSection(section, layout))}
${unchanged > 0 && html`<p class="quiet">${countOf(unchanged, 'section')} without a change ${unchanged === 1 ? 'is' : 'are'} not shown.</p>`}`;
}

function showFact(fact: FactDifference): Markup {
  const name = fact.name.replaceAll('-', ' ');
  const before = new Set(fact.before);
  const after = new Set(fact.after);
  const list = (values: readonly string[], other: ReadonlySet<string>, tag: 'ins' | 'del') =>
    values.map((value, n) => {
      const comma = n > 0 ? ', ' : '';
      if (other.has(value)) return html`${comma}${value}`;
      return tag === 'ins' ? html`${comma}<ins>${value}</ins>` : html`${comma}<del>${value}</del>`;
    });
  const side = (values: Markup[]) =>
    values.length === 0
      ? html`<div class="empty"></div>`
      : html`<div><p><span class="quiet">${name}: </span>${values}</p></div>`;
  return html`<div class="pair">${side(list(fact.before, after, 'del'))}${side(list(fact.after, before, 'ins'))}</div>`;
}

function showSection(section: SectionDifference, layout: DifferenceLayout): Markup {
  const heading = section.after?.section.heading || section.before?.section.heading || 'Beginning';
  const state = { added: 'new section', removed: 'section removed', changed: '', same: '' }[section.state];
  const label = [state, section.isMoved ? 'moved' : ''].filter(Boolean).join(', ');
  const isRenamed = section.state === 'changed' && section.heading.some((piece) => piece.state !== 'same');
  return html`<h2>${heading}${label !== '' && html` <span class="quiet">${label}</span>`}</h2>
<div class="diff ${layout}">
${isRenamed && html`<div class="pair"><div><p><strong>${side(section.heading, 'removed')}</strong></p></div><div><p><strong>${side(section.heading, 'added')}</strong></p></div></div>`}
${foldUnchanged(section.blocks, contextBlocks).map((row) => showFolded(row, layout))}
</div>`;
}

function showFolded(row: FoldedBlocks, layout: DifferenceLayout): Markup {
  if (row.kind === 'shown') return showBlock(row.block, layout);
  return html`<details class="gap quiet"><summary>${countOf(row.blocks.length, 'unchanged paragraph')}</summary>${row.blocks.map(({ after }) => after && html`<p class="same">${mark(after)}${after.text}</p>`)}</details>`;
}

function showBlock(difference: BlockDifference, layout: DifferenceLayout): Markup {
  return layout === 'inline' ? showInline(difference) : showPair(difference);
}

/** One block, its old words before its new ones. */
function showInline(difference: BlockDifference): Markup {
  const { state, before, after, pieces } = difference;
  const block = after ?? before;
  if (block === null) return html``;
  const words = pieces.map((piece) => {
    if (piece.state === 'same') return html`${piece.text}`;
    return piece.state === 'added' ? html`<ins>${piece.text}</ins>` : html`<del>${piece.text}</del>`;
  });
  const text = {
    same: html`${block.text}`,
    changed: words,
    added: html`<ins>${block.text}</ins>`,
    removed: html`<del>${block.text}</del>`,
  }[state];
  const side = state === 'removed' ? 'was whole' : state === 'added' ? 'now whole' : '';
  return html`<div class="${side} ${toneOf(block)}">${difference.moved !== null && html`<p class="quiet">moved</p>`}<p class="${state === 'same' && 'same'}">${mark(block)}${text}</p>${links(difference, 'before')}${links(difference, 'after')}</div>`;
}

function showPair(difference: BlockDifference): Markup {
  const { state, before, after, pieces } = difference;
  if (state === 'same' && after !== null) {
    const text = html`<p class="same">${mark(after)}${after.text}</p>`;
    return html`<div class="pair same ${toneOf(after)}"><div>${text}</div><div>${text}</div></div>`;
  }
  const moved = difference.moved !== null && html`<p class="quiet">moved</p>`;
  const left =
    before === null
      ? html`<div class="empty"></div>`
      : html`<div class="was${after === null && ' whole'}">${moved}<p>${mark(before)}${after === null ? html`<del>${before.text}</del>` : side(pieces, 'removed')}</p>${links(difference, 'before')}</div>`;
  const right =
    after === null
      ? html`<div class="empty"></div>`
      : html`<div class="now${before === null && ' whole'}">${moved}<p>${mark(after)}${before === null ? html`<ins>${after.text}</ins>` : side(pieces, 'added')}</p>${links(difference, 'after')}</div>`;
  return html`<div class="pair ${toneOf(after ?? before)}">${left}${right}</div>`;
}

/** One side of the words: what it shares with the other, and its own, marked. */
function side(pieces: readonly Piece[], own: 'removed' | 'added'): Markup[] {
  return pieces.flatMap((piece) => {
    if (piece.state === 'same') return [html`${piece.text}`];
    if (piece.state !== own) return [];
    return [own === 'added' ? html`<ins>${piece.text}</ins>` : html`<del>${piece.text}</del>`];
  });
}

function links(difference: BlockDifference, on: 'before' | 'after'): Markup[] {
  return difference.links.flatMap((link) => {
    const href = link[on];
    if (href === null) return [];
    const text = `link “${link.text}” to ${href}`;
    return [
      html`<p class="quiet">${on === 'after' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`}</p>`,
    ];
  });
}

function toneOf(block: Block | null): string {
  return block?.kind === 'code' ? 'code' : '';
}

/** What stands before the text of a block: its number, bullet, kind. */
function mark(block: Block): string {
  switch (block.kind) {
    case 'step':
      return `${block.label === '' ? '•' : `${block.label}.`} `;
    case 'bullet':
      return '• ';
    case 'alert':
      return `${block.label.charAt(0).toUpperCase()}${block.label.slice(1)}: `;
    case 'image':
      return 'Image: ';
    default:
      return '';
  }
}
