import type { PublishedText } from '../article.ts';
import type { Document } from '../document.ts';
import { canonicalKbNumber } from '../identifiers/kb-numbers.ts';
import { readAppliesTo } from './applies-to.ts';
import { type LineFacts, takeFactLines } from './fact-lines.ts';
import { foldText } from './fold-text.ts';
import { dropSiteName, type FrontFacts, readFrontFacts } from './front-facts.ts';
import { readFrontMatter } from './front-matter.ts';
import { readHtmlPage } from './read-html-page.ts';
import { type Body, readMarkdown } from './read-markdown.ts';
import { readPlainText } from './read-plain-text.ts';

/** The part of a published text that sections come from, read. */
export type ReadBody = Body & LineFacts;

/** Reads the text below the front matter; a reader with a memory gives its own. */
export type BodySource = {
  readonly text: string;
  readonly key: string;
  readonly includes: PublishedText['includes'];
};

/** More is no article: the rest is not read, and a warning says so. */
const maxTextChars = 2_000_000;

/**
 * What a published text says. `key` is the article's within its source: the path that includes and links are relative
 * to. Pure, never throws, linear in the length of the text; what can't be read becomes a warning.
 */
export function readDocument(published: PublishedText, key: string): Document {
  return composeDocument(published, key, readMarkdownBody);
}

/** Markdown below the front matter, with the facts that its lines state. */
export function readMarkdownBody(source: BodySource): ReadBody {
  return withLineFacts(readMarkdown(source.text, source));
}

function withLineFacts(body: Body): ReadBody {
  const { sections, facts } = takeFactLines(body.sections);
  return { ...body, ...facts, sections };
}

/** `readDocument` with the reading of Markdown bodies given. */
export function composeDocument(
  published: PublishedText,
  key: string,
  readBody: (source: BodySource) => ReadBody,
): Document {
  const warnings: string[] = [];
  let text = published.text;
  if (text.length > maxTextChars) {
    text = text.slice(0, maxTextChars);
    warnings.push('the text is very long: only its first 2 million characters were read');
  }
  const { front, body } = readFormat({ ...published, text }, key, readBody, warnings);
  return compose({ facts: published.facts, front, body, key, warnings });
}

function readFormat(
  published: PublishedText,
  key: string,
  readBody: (source: BodySource) => ReadBody,
  warnings: string[],
): { front: FrontFacts; body: ReadBody } {
  const { format, text, includes } = published;
  if (format === 'html') {
    const page = readHtmlPage(text);
    return { front: page.front, body: withLineFacts(page.body) };
  }
  if (format === 'text')
    return { front: readFrontFacts(new Map()), body: withLineFacts(readPlainText(text)) };
  const matter = readFrontMatter(text);
  if (matter.warning !== null) warnings.push(matter.warning);
  return { front: readFrontFacts(matter.values), body: readBody({ text: matter.body, key, includes }) };
}

function compose(parts: {
  facts: PublishedText['facts'];
  front: FrontFacts;
  body: ReadBody;
  key: string;
  warnings: readonly string[];
}): Document {
  const { front, body, key } = parts;
  const {
    title: givenTitle,
    description,
    language,
    'vendor-date': vendorDate,
    'vendor-revision': vendorRevision,
    'applies-to': appliesTo,
    'external-ids': externalIds,
    ...facts
  } = parts.facts;
  const browserTitle = front.title === null ? null : foldText(dropSiteName(front.title));
  // The heading is what the page shows; the front matter's title is what its window and search engines show.
  const title =
    givenTitle ??
    body.heading ??
    browserTitle ??
    body.sections.find((s) => s.heading)?.heading ??
    nameOf(key);
  return {
    title: foldText(title),
    description: description ?? (front.description === null ? null : foldText(front.description)),
    language: language ?? front.language ?? 'en',
    appliesTo: appliesTo === undefined ? listAppliesTo(front, body) : readAppliesTo(linesOf(appliesTo)),
    externalIds: externalIds === undefined ? body.externalIds : linesOf(externalIds).map(canonicalId),
    vendorDate: vendorDate ?? front.vendorDate ?? body.vendorDate,
    vendorRevision: vendorRevision ?? body.vendorRevision,
    facts: {
      ...(browserTitle !== null && browserTitle !== title && { 'browser-title': browserTitle }),
      ...(front.keywords !== null && { keywords: foldText(front.keywords) }),
      ...facts,
    },
    sections: body.sections,
    warnings: [...parts.warnings, ...front.warnings, ...body.warnings],
  };
}

function listAppliesTo(front: FrontFacts, body: ReadBody): readonly string[] {
  return body.appliesTo.length === 0
    ? front.appliesTo
    : readAppliesTo([...front.appliesTo, ...body.appliesTo]);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function canonicalId(id: string): string {
  return /^(?:kb|q)?\s?\d/i.test(id) ? (canonicalKbNumber(id) ?? id) : id.toUpperCase();
}

/** `a/b/cant-open-file.md` → "cant open file": better than nothing. */
function nameOf(key: string): string {
  const name = (key.split('/').at(-1) ?? key).replace(/\.\w+$/, '').replace(/[-_]+/g, ' ');
  return name.trim() === '' ? key : name;
}
