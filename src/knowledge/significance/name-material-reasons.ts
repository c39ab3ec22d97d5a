import type { Reason } from '../change.ts';
import type { BlockDifference, SectionDifference } from '../difference/document-difference.ts';
import type { Block, SectionKind } from '../document.ts';
import type { ChangeEvidence } from './change-evidence.ts';
import type { ChangedSpot, LoneSentence } from './changed-spots.ts';
import { compareProducts } from './compare-products.ts';
import { isSameTarget, isToolLink } from './link-target.ts';

/** Reasons for a material change, the weightiest first. */
export function nameMaterialReasons(evidence: ChangeEvidence): Reason[] {
  const reasons = [
    ...nameProducts(evidence),
    ...evidence.difference.sections.flatMap(nameSection),
    ...evidence.spots.flatMap(nameSpot),
    ...nameToolLinks(evidence),
  ];
  const named = gather(reasons).slice(0, maxReasons);
  return named.length > 0 ? named : [{ code: 'text-changed', section: null, sentence: 'The text changed' }];
}

const maxReasons = 8;

/** A reason before its like are counted together: "step 3 added" alone, "4 steps added" with three others. */
type Draft = {
  readonly code: string;
  readonly section: SectionKind | null;
  readonly place: string;
  readonly alone: string;
  readonly many: ((count: number) => string) | null;
};

function nameProducts({ before, after }: ChangeEvidence): Draft[] {
  const { added, removed } = compareProducts(before.appliesTo, after.appliesTo);
  const draft = (code: string, names: readonly string[], what: string): Draft[] =>
    names.length === 0
      ? []
      : [
          {
            code,
            section: 'applies-to',
            place: 'Applies to',
            alone: `${names.join(', ')} ${what}`,
            many: null,
          },
        ];
  return [...draft('applies-to-added', added, 'added'), ...draft('applies-to-removed', removed, 'removed')];
}

function nameSection(section: SectionDifference): Draft[] {
  const place = (section.after ?? section.before)?.section;
  const isWhole = section.state === 'added' || section.state === 'removed';
  const hasNews = section.blocks.some((row) => row.moved === null && row.state !== 'same');
  if (place === undefined || !isWhole || !hasNews || place.heading === '') return [];
  return [
    {
      code: section.state === 'added' ? 'section-added' : 'section-removed',
      section: place.kind,
      place: '',
      alone: `Section “${shorten(place.heading)}” ${section.state}`,
      many: null,
    },
  ];
}

function nameSpot(spot: ChangedSpot): Draft[] {
  const place = placeName(spot.section, spot.heading);
  return spot.rows.flatMap((row): Draft[] => {
    const left = leftOf(spot, row);
    if (left.length === 0 && !isChangedCode(row)) return [];
    if (row.state === 'changed' || row.moved !== null) return [nameEdit(row, left, { spot, place })];
    const block = row.after ?? row.before;
    if (block === null || left.reduce((sum, one) => sum + one.residue.length, 0) < 2) return [];
    const noun = nounOf(block);
    const verb = row.state === 'added' ? 'added' : 'removed';
    return [
      {
        code: `${codeOf(block)}-${verb}`,
        section: spot.section,
        place,
        alone: `${block.kind === 'step' && block.label !== '' ? `step ${block.label}` : withArticle(noun)} ${verb}`,
        many: (count) => `${count} ${noun}s ${verb}`,
      },
    ];
  });
}

function nameEdit(
  row: BlockDifference,
  left: readonly LoneSentence[],
  { spot, place }: { spot: ChangedSpot; place: string },
): Draft {
  const block = row.after ?? row.before;
  const noun = block === null ? 'paragraph' : nounOf(block);
  const what = block?.kind === 'step' && block.label !== '' ? `step ${block.label}` : withArticle(noun);
  const draft = { section: spot.section, place, many: (count: number) => `${count} ${noun}s changed` };
  const value = swappedValue(row);
  if (value !== null) {
    return {
      ...draft,
      code: 'value-changed',
      alone: `“${value.before}” became “${value.after}”`,
      many: null,
    };
  }
  if (block?.kind === 'code') return { ...draft, code: 'command-changed', alone: 'a command changed' };
  const isNew = left.some(({ residue, words }) => residue.length * 2 >= words.length && words.length > 2);
  return { ...draft, code: isNew ? 'statement-changed' : 'text-changed', alone: `${what} changed` };
}

/** The one short stretch that took the place of another, where it is a value: a number, path, version, date. */
function swappedValue(row: BlockDifference): { before: string; after: string } | null {
  const changed = row.pieces.filter((piece) => piece.state !== 'same');
  const [before, after, ...more] = changed;
  if (more.length > 0 || before?.state !== 'removed' || after?.state !== 'added') return null;
  const isShort = before.text.length <= 60 && after.text.length <= 60;
  const isValue = /[\d\\/_=$]|\p{Ll}\p{Lu}/u.test(before.text) && /[\d\\/_=$]|\p{Ll}\p{Lu}/u.test(after.text);
  return isShort && isValue ? { before: before.text.trim(), after: after.text.trim() } : null;
}

function nameToolLinks({ spots }: ChangeEvidence): Draft[] {
  const drafts: Draft[] = [];
  for (const spot of spots) {
    for (const { before, after } of spot.rows.flatMap((row) => row.links)) {
      if (!isToolLink(before ?? '') && !isToolLink(after ?? '')) continue;
      if (before !== null && after !== null && isSameTarget(before, after)) continue;
      const what = before === null ? 'added' : after === null ? 'removed' : 'leads elsewhere now';
      drafts.push({
        code: before === null ? 'link-added' : after === null ? 'link-removed' : 'link-changed',
        section: spot.section,
        place: placeName(spot.section, spot.heading),
        alone: `a link to a tool or download ${what}`,
        many: (count) =>
          `${count} links to tools or downloads ${what === 'leads elsewhere now' ? 'changed' : what}`,
      });
    }
  }
  return drafts;
}

/** Counts like reasons of a section together, in the order in which they first came. */
function gather(drafts: readonly Draft[]): Reason[] {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const isCounted = draft.many !== null;
    const key = JSON.stringify([draft.code, draft.place, isCounted ? '' : draft.alone]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [draft]);
    else group.push(draft);
  }
  return [...groups.values()].flatMap((group): Reason[] => {
    const [first] = group;
    if (first === undefined) return [];
    const what = group.length > 1 && first.many !== null ? first.many(group.length) : first.alone;
    return [
      {
        code: first.code,
        section: first.section,
        sentence: first.place === '' ? what : `${first.place}: ${what}`,
      },
    ];
  });
}

function leftOf(spot: ChangedSpot, row: BlockDifference): LoneSentence[] {
  return [...spot.gone, ...spot.came].filter(
    ({ block, role, residue }) =>
      role === 'plain' && residue.length > 0 && (block === row.before || block === row.after),
  );
}

function isChangedCode(row: BlockDifference): boolean {
  return row.state === 'changed' && row.after?.kind === 'code';
}

const kindNames: Readonly<Record<SectionKind, string>> = {
  summary: 'Summary',
  symptoms: 'Symptoms',
  cause: 'Cause',
  resolution: 'Resolution',
  workaround: 'Workaround',
  status: 'Status',
  'applies-to': 'Applies to',
  'more-information': 'More information',
  references: 'References',
  other: 'Text',
};

function placeName(kind: SectionKind, heading: string): string {
  return kind === 'other' && heading !== '' ? shorten(heading) : kindNames[kind];
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57).trimEnd()}…`;
}

function nounOf(block: Block): string {
  switch (block.kind) {
    case 'step':
      return 'step';
    case 'bullet':
      return 'item';
    case 'code':
      return 'command';
    case 'table-row':
      return 'table row';
    case 'alert':
      return block.label === '' ? 'note' : block.label;
    default:
      return 'paragraph';
  }
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function codeOf(block: Block): string {
  return block.kind === 'alert' ? 'alert' : nounOf(block).replace(' ', '-').replace('code', 'command');
}
