import type { PageTree } from '../parse-page.ts';
import { findClassicHead, readClassicKeywords, toPublishedFacts } from './classic-facts.ts';

export type ClassicPage = {
  readonly content: ReturnType<PageTree>;
  readonly facts: Readonly<Record<string, string>>;
};

type Node = ReturnType<PageTree>[number];

/**
 * Recognises a classic Microsoft KB article in HTML, whatever site keeps it: by the statement of its id, review and
 * revision. The article is what stands in the same part of the page, up to its keywords. null when it's none.
 */
export function readClassicPage($: PageTree): ClassicPage | null {
  if (!/Article ID\s*:/i.test($.root().text())) return null;
  const headElement = findSmallest($, (text) => findClassicHead(text) !== null);
  const head = headElement === null ? null : findClassicHead(linesOf($, headElement));
  if (headElement === null || head === null) return null;

  const keywordsElement = findSmallest($, (text) => /keywords\s*:\s*(?:kb\w+[\s,;]*)+/i.test(text));
  const appliesHeading = findHeading($, /^applies to\s*:?$/i);
  const last = keywordsElement ?? appliesHeading;
  const content = last === null ? $(headElement).parent() : findCommonParent($, headElement, last);
  if (content.length === 0) return null;

  const title = findTitle($, content, headElement);
  const appliesTo = appliesHeading === null ? [] : readFollowingList($, appliesHeading);
  const keywords =
    keywordsElement === null
      ? []
      : readClassicKeywords(
          $(keywordsElement)
            .text()
            .replace(/^[\s\S]*?keywords\s*:/i, ''),
        );
  if (keywordsElement !== null) {
    removeWhatFollows($, keywordsElement, content[0]);
    $(keywordsElement).remove();
  }
  removeWhatPrecedes($, headElement, content[0]);
  $(headElement).remove();
  return { content, facts: toPublishedFacts({ head, title, appliesTo, keywords }) };
}

/** The innermost element whose text fits; among several the first. */
function findSmallest($: PageTree, fits: (text: string) => boolean): Node | null {
  let found: Node | null = null;
  let candidates = $.root().children().toArray();
  for (;;) {
    const next: Node | undefined = candidates.find((node) => fits(linesOf($, node)));
    if (next === undefined) return found;
    found = next;
    candidates = $(next).children().toArray();
  }
}

/** Text with the line ends that block elements make, so that a statement isn't read across them. */
function linesOf($: PageTree, node: Node): string {
  return $(node)
    .text()
    .replace(/[ \t\u00a0]+/g, ' ');
}

function findHeading($: PageTree, words: RegExp): Node | null {
  return (
    $('h1, h2, h3, h4, h5, h6, b, strong, dt, p, div, span')
      .toArray()
      .find((node) => words.test($(node).text().trim())) ?? null
  );
}

function findCommonParent($: PageTree, a: Node, b: Node): ReturnType<PageTree> {
  const above = new Set($(b).parents().toArray());
  return $(a)
    .parents()
    .filter((_, parent) => above.has(parent))
    .first();
}

function findTitle($: PageTree, content: ReturnType<PageTree>, headElement: Node): string {
  const headings = [
    content.find('h1, h2').first(),
    $('h1').first(),
    $(headElement).nextAll('h1, h2, b, strong').first(),
    $('title'),
  ];
  for (const heading of headings) {
    const text = heading.text().replace(/\s+/g, ' ').trim();
    if (text !== '' && !/^[A-Z /]{4,40}$/.test(text)) return text;
  }
  return '';
}

function readFollowingList($: PageTree, heading: Node): string[] {
  const near = [$(heading), $(heading).parent(), $(heading).parent().parent()];
  for (const place of near) {
    const list = place.nextAll().find('li').addBack('ul, ol').find('li');
    const items = (list.length > 0 ? list : place.nextAll('ul, ol, table').first().find('li, td')).toArray();
    const names = items
      .map((item) => $(item).text().replace(/\s+/g, ' ').trim())
      .filter((name) => name !== '');
    if (names.length > 0) return [...new Set(names)];
  }
  return [];
}

function removeWhatFollows($: PageTree, from: Node, within: Node | undefined): void {
  for (let node: Node | undefined = from; node !== undefined && node !== within; node = $(node).parent()[0]) {
    $(node).nextAll().remove();
  }
}

function removeWhatPrecedes($: PageTree, from: Node, within: Node | undefined): void {
  for (let node: Node | undefined = from; node !== undefined && node !== within; node = $(node).parent()[0]) {
    $(node)
      .prevAll()
      .filter((_, before) => !$(before).is('h1') && $(before).find('h1').length === 0)
      .remove();
  }
}
