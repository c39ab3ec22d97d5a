import type { Block, Section } from '../document.ts';
import { canonicalKbNumber } from '../identifiers/kb-numbers.ts';
import { readAppliesTo } from './applies-to.ts';
import { readVendorDate } from './vendor-date.ts';

/** What lines such as "Original KB number: 4038583" say about the article as a whole. */
export type LineFacts = {
  readonly externalIds: readonly string[];
  readonly appliesTo: readonly string[];
  readonly vendorDate: string | null;
  readonly vendorRevision: string | null;
};

const looksLikeFacts =
  /^(?:original |article id|applies to\b|last (?:review|updated)|kb number|revision\b|keywords\b)/i;
const part =
  /(original kb number|kb number|article id|original product version|applies to|last review(?:ed)?|last updated|revision)\s*:\s*(.*?)(?=(?:\s*[-–—|;]?\s*)(?:original (?:kb|product)|article id|applies to|last review|last updated|revision)[^:]{0,20}:|$)/gi;
const maxLineChars = 2000;
const maxProductsChars = 500;
const maxNameChars = 120;

/**
 * Takes the lines that state facts of the whole article out of its text: they belong beside it, and their edits are no
 * edits of what the article says. Only paragraphs that consist of nothing else are taken.
 */
export function takeFactLines(sections: readonly Section[]): {
  sections: readonly Section[];
  facts: LineFacts;
} {
  const ids = new Set<string>();
  const found: { appliesTo: string[]; vendorDate: string | null; vendorRevision: string | null } = {
    appliesTo: [],
    vendorDate: null,
    vendorRevision: null,
  };
  const isFactLine = (block: Block): boolean => {
    if (block.kind !== 'paragraph' || block.depth > 0) return false;
    if (block.text.length > maxLineChars || !looksLikeFacts.test(block.text)) return false;
    let covered = 0;
    for (const match of block.text.matchAll(part)) {
      const [whole, name = '', value = ''] = match;
      if (match.index > covered + 3) return false;
      covered = match.index + whole.length;
      if (!takeFact(name.toLowerCase(), value)) return false;
    }
    return covered === block.text.length;
  };
  const takeFact = (name: string, value: string): boolean => {
    if (name.includes('kb') || name === 'article id') {
      const numbers = value.split(/[\s,;]+/).filter((piece) => piece !== '');
      const canonical = numbers.map(canonicalKbNumber).filter((id) => id !== null);
      for (const id of canonical) ids.add(id);
      return canonical.length > 0 && canonical.length === numbers.length;
    }
    if (name.startsWith('last')) {
      found.vendorDate ??= readVendorDate(value);
      return found.vendorDate !== null;
    }
    if (name === 'revision') {
      found.vendorRevision ??= /^\d+(\.\d+)*$/.test(value) ? value : null;
      return found.vendorRevision !== null;
    }
    const products = value.length > maxProductsChars ? [] : readAppliesTo(value);
    found.appliesTo.push(...products);
    return products.length > 0;
  };

  const kept: Section[] = [];
  for (const section of sections) {
    const blocks = section.blocks.some((block) => looksLikeFacts.test(block.text))
      ? section.blocks.filter((block) => !isFactLine(block))
      : section.blocks;
    if (section.heading !== '' || blocks.length > 0) {
      kept.push(blocks.length === section.blocks.length ? section : { ...section, blocks });
    }
    if (section.kind === 'applies-to') {
      const names = section.blocks.filter(({ text }) => text.length <= maxNameChars && !/[.:]$/.test(text));
      found.appliesTo.push(...readAppliesTo(names.map((block) => block.text)));
    }
  }
  return {
    sections: kept,
    facts: { ...found, appliesTo: [...new Set(found.appliesTo)], externalIds: [...ids] },
  };
}
