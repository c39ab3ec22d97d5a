import type { Block, Document, Section } from '../document.ts';

/** Whether a page of the one shows what a page of the other shows: title, description, facts, text and link targets. */
export function isSameForReader(before: Document, after: Document): boolean {
  return (
    before.title === after.title &&
    (before.description ?? '') === (after.description ?? '') &&
    haveSameNames(before.appliesTo, after.appliesTo) &&
    before.sections.length === after.sections.length &&
    before.sections.every((section, index) => isSameSection(section, after.sections[index]))
  );
}

function haveSameNames(before: readonly string[], after: readonly string[]): boolean {
  const known = new Set(before);
  return known.size === new Set(after).size && after.every((name) => known.has(name));
}

function isSameSection(before: Section, after: Section | undefined): boolean {
  return (
    after !== undefined &&
    before.heading === after.heading &&
    before.blocks.length === after.blocks.length &&
    before.blocks.every((block, index) => isSameBlock(block, after.blocks[index]))
  );
}

function isSameBlock(before: Block, after: Block | undefined): boolean {
  return (
    after !== undefined &&
    before.text === after.text &&
    before.links.length === after.links.length &&
    before.links.every((link, index) => link.href === after.links[index]?.href)
  );
}
