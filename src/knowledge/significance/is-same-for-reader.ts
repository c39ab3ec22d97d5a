import type { Block, Document, Section } from '../document.ts';
import { isSameTarget } from './link-target.ts';

/**
 * Whether a page of the one shows what a page of the other shows: the same title, products, words in the same order,
 * steps and bullets, and links to the same content. White space, the kind of a block and the font are not told apart,
 * nor are files of images with the same description.
 */
export function isSameForReader(before: Document, after: Document): boolean {
  return (
    squeeze(before.title) === squeeze(after.title) &&
    haveSameNames(before.appliesTo, after.appliesTo) &&
    haveSameFacts(before.facts, after.facts) &&
    (before.sections === after.sections || showsSame(before.sections, after.sections))
  );
}

function showsSame(before: readonly Section[], after: readonly Section[]): boolean {
  return (
    haveSameWords(before, after) &&
    haveSameTargets(before, after) &&
    isSameList(listItems(before), listItems(after))
  );
}

/** Keywords and the name of who wrote it are no content. */
function haveSameFacts(before: Document['facts'], after: Document['facts']): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const quiet of ['keywords', 'author', 'publisher']) names.delete(quiet);
  const read = (facts: Document['facts'], name: string) =>
    Object.hasOwn(facts, name) ? (facts[name] ?? '') : '';
  return [...names].every((name) => squeeze(read(before, name)) === squeeze(read(after, name)));
}

/** Without doubled white space, space before punctuation, and marks of bold that lost their counterpart. */
function squeeze(text: string): string {
  return text
    .replace(/\*+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;:!?)])/g, '')
    .trim();
}

function haveSameNames(before: readonly string[], after: readonly string[]): boolean {
  const known = new Set(before);
  return known.size === new Set(after).size && after.every((name) => known.has(name));
}

/** The same words in the same order; where in the text the blocks begin does not matter. */
function haveSameWords(before: readonly Section[], after: readonly Section[]): boolean {
  const one = listTexts(before);
  const other = listTexts(after);
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < one.length - head && tail < other.length - head && one.at(-1 - tail) === other.at(-1 - tail))
    tail++;
  const rest = (texts: readonly string[]) => squeeze(texts.slice(head, texts.length - tail).join(' '));
  return rest(one) === rest(other);
}

function listTexts(sections: readonly Section[]): string[] {
  return sections.flatMap((section) => [section.heading, ...section.blocks.map((block) => block.text)]);
}

function haveSameTargets(before: readonly Section[], after: readonly Section[]): boolean {
  const one = listTargets(before);
  const other = listTargets(after);
  return (
    one.length === other.length &&
    one.every((href, index) => href === other[index] || isSameTarget(href, other[index] ?? ''))
  );
}

function listTargets(sections: readonly Section[]): string[] {
  return blocksOf(sections)
    .filter((block) => block.kind !== 'image')
    .flatMap((block) => block.links.filter((link) => !isImageFile(link.href)).map((link) => link.href));
}

function isImageFile(href: string): boolean {
  return /\.(?:png|jpe?g|gif|svg|bmp|webp)(?:$|[?#])/i.test(href);
}

/** Text of list items → whether they are steps or bullets. A list that only one side has is no list to compare. */
function listItems(sections: readonly Section[]): ReadonlyMap<string, string> {
  const items = new Map<string, string>();
  for (const { kind, text } of blocksOf(sections)) {
    if (kind === 'step' || kind === 'bullet') items.set(squeeze(text), kind);
  }
  return items;
}

function isSameList(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  for (const [text, kind] of before) if ((after.get(text) ?? kind) !== kind) return false;
  return true;
}

function blocksOf(sections: readonly Section[]): Block[] {
  return sections.flatMap((section) => section.blocks);
}
