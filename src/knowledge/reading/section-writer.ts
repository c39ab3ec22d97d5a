import type { Block, Section, SectionKind } from '../document.ts';
import { readSectionKind } from './section-kind.ts';

/** Takes headings and blocks in the order of the text. */
export type SectionWriter = {
  addHeading(heading: string, level: number): void;
  addBlock(block: Block): void;
  /** Sections with a heading or a block; can be asked for once the text has ended. */
  finish(): Section[];
};

type OpenSection = {
  kind: SectionKind;
  heading: string;
  level: number;
  anchor: string;
  blocks: Block[];
};

/** Sections grow from headings and blocks; kinds are inherited from the heading above. */
export function createSectionWriter(): SectionWriter {
  const nameAnchor = createAnchorNames();
  let current: OpenSection = {
    kind: 'summary',
    heading: '',
    level: 1,
    anchor: nameAnchor('intro'),
    blocks: [],
  };
  const sections: OpenSection[] = [current];
  const above: { level: number; kind: SectionKind }[] = [];
  return {
    addHeading(heading, level) {
      while ((above.at(-1)?.level ?? 0) >= level) above.pop();
      const kind = readSectionKind(heading, above.at(-1)?.kind ?? null);
      above.push({ level, kind });
      current = { kind, heading, level, anchor: nameAnchor(heading), blocks: [] };
      sections.push(current);
    },
    addBlock(block) {
      current.blocks.push(block);
    },
    finish: () => sections.filter((section) => section.heading !== '' || section.blocks.length > 0),
  };
}

/**
 * Names that are unique within a document and usable as an HTML id: the way in which Markdown sites make them from
 * headings, with a prefix so that no heading takes an id of the page around it.
 */
export function createAnchorNames(): (heading: string) => string {
  const taken = new Map<string, number>();
  return (heading) => {
    const slug = anchorPrefix + slugOf(heading);
    let count = taken.get(slug) ?? 0;
    let anchor = count === 0 ? slug : `${slug}-${count}`;
    while (count > 0 && taken.has(anchor)) {
      count += 1;
      anchor = `${slug}-${count}`;
    }
    taken.set(slug, count + 1);
    if (anchor !== slug) taken.set(anchor, 1);
    return anchor;
  };
}

/** Before every anchor of an article. */
export const anchorPrefix = 's-';

/** A heading as a name: small letters, digits and hyphens. */
export function slugOf(heading: string): string {
  const slug = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .slice(0, 80);
  return slug === '' ? 'section' : slug;
}
