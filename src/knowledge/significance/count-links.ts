import type { Block, Document } from '../document.ts';
import { isSameTarget, isToolLink } from './link-target.ts';

/** Tools and downloads to which only one of the documents leads. One that kept its name is the same at a new address. */
export function countToolLinks(before: Document, after: Document): number {
  const one = toolLinksOf(before);
  const other = toolLinksOf(after);
  const lone = (links: readonly Link[], others: readonly Link[]) =>
    links.filter((link) => !others.some((candidate) => isSameTool(link, candidate))).length;
  return lone(one, other) + lone(other, one);
}

type Link = Block['links'][number];

function isSameTool(one: Link, other: Link): boolean {
  if (isSameTarget(one.href, other.href)) return true;
  return one.text === other.text && /\p{L}\S*\s+\S*\p{L}/u.test(one.text);
}

function toolLinksOf(document: Document): Link[] {
  const links = new Map<string, Link>();
  for (const section of document.sections) {
    for (const block of section.blocks) {
      for (const link of block.links) if (isToolLink(link.href)) links.set(link.href, link);
    }
  }
  return [...links.values()];
}

/** How much of a document is nothing but links, 0 to 1: of a page that only leads on, nearly all. */
export function shareOfLinks(document: Document): number {
  let linked = 0;
  let all = 0;
  for (const section of document.sections) {
    for (const block of section.blocks) {
      if (block.kind === 'image') continue;
      all += block.text.length;
      const inLinks = block.links.reduce((sum, link) => sum + link.text.length, 0);
      if (inLinks >= block.text.length * 0.8) linked += block.text.length;
    }
  }
  return all === 0 ? 0 : linked / all;
}
