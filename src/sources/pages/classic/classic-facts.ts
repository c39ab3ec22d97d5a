import { readDate } from '../../dates/read-date.ts';

/** What the head of a classic Microsoft KB article page states. */
export type ClassicHead = {
  /** As in `910336`. */
  readonly articleId: string;
  /** `YYYY-MM-DD`, null when it can't be read. */
  readonly lastReview: string | null;
  readonly revision: string | null;
};

/** Bounded, so that a page of nothing but spaces costs no more than it's long. */
const gap = String.raw`\s{0,20}`;
const separator = `${gap}[-–—|;]?${gap}`;
const colon = `${gap}:${gap}`;
const head = new RegExp(
  String.raw`Article ID${colon}(?:KB|Q)?(?<id>\d{5,7})${separator}Last Review(?:ed)?${colon}(?<review>[^\n]{4,40}?)` +
    String.raw`${separator}Revision${colon}(?<revision>\d{1,3}(?:\.\d{1,3})?)`,
  'i',
);

/** Finds `Article ID: … - Last Review: … - Revision: …`, on one line or on three; null when it isn't there. */
export function findClassicHead(text: string): (ClassicHead & { start: number; end: number }) | null {
  const match = head.exec(text);
  if (match?.groups === undefined) return null;
  const { id = '', review = '', revision = '' } = match.groups;
  const atMs = readDate(review);
  return {
    articleId: id,
    lastReview: atMs === null ? null : new Date(atMs).toISOString().slice(0, 10),
    revision: revision || null,
    start: match.index,
    end: match.index + match[0].length,
  };
}

/** Keywords of the knowledge base begin with `kb`, and the last is the article's own number. */
export function readClassicKeywords(text: string): readonly string[] {
  const words = text.trim().split(/[\s,;]+/);
  const end = words.findIndex((word) => !/^kb[a-z0-9]+$/i.test(word));
  return end < 0 ? words : words.slice(0, end);
}

/** The facts of a classic page under the names that a published text has for them. */
export function toPublishedFacts(found: {
  readonly head: ClassicHead;
  readonly title: string;
  readonly appliesTo: readonly string[];
  readonly keywords: readonly string[];
}): Record<string, string> {
  const { head: stated, title, appliesTo, keywords } = found;
  const facts: Record<string, string> = { title, 'external-ids': `KB${stated.articleId}`, language: 'en' };
  if (stated.lastReview !== null) facts['vendor-date'] = stated.lastReview;
  if (stated.revision !== null) facts['vendor-revision'] = stated.revision;
  if (appliesTo.length > 0) facts['applies-to'] = appliesTo.join('\n');
  if (keywords.length > 0) facts.keywords = keywords.join(' ');
  return facts;
}
