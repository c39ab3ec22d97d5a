import type { PublishedText } from '../article.ts';
import { nameHtmlHeadings } from './name-html-headings.ts';
import { isNestedTooDeeply } from './nesting.ts';
import { readDocument } from './read-document.ts';
import { articleOf } from './read-html-page.ts';
import { escapeText, renderBlocks } from './render-blocks.ts';
import { renderMarkdown } from './render-markdown.ts';
import { type SanitisedArticle, sanitiseArticle } from './sanitise-article.ts';

/** An article for the page, but for where its links and images lead; plain data. */
export type PreparedArticle = SanitisedArticle & { readonly headings: readonly Heading[] };

/** A heading of an article, with the anchor of the document's section as its id. */
export type Heading = { readonly level: number; readonly text: string; readonly anchor: string };

/** Longer articles are shown block by block, without what only a parser of the whole could tell. */
const maxRenderedChars = 1_000_000;

/**
 * What the vendor shows, with nothing of it that could harm: the costly part of `renderHtml`. `key` is the article's
 * within its source, as for `readDocument`; links and images are relative to it. Pure; never throws.
 */
export function prepareArticle(published: PublishedText, key: string): PreparedArticle {
  if (published.format === 'text' || published.text.length > maxRenderedChars) {
    return prepareDocument(published, key);
  }
  if (published.format === 'markdown') {
    const { html, headings } = renderMarkdown(published.text, { key, includes: published.includes });
    if (isNestedTooDeeply(html)) return prepareDocument(published, key);
    return { ...sanitiseArticle(html, new Set(headings.map(({ anchor }) => anchor))), headings };
  }
  const article = articleOf(published.text);
  if (isNestedTooDeeply(article)) return prepareDocument(published, key);
  const isFirstOfPage = /<h([1-6])\b/i.exec(article)?.[1] === '1';
  const sanitised = sanitiseArticle(article, new Set());
  return { ...sanitised, ...nameHtmlHeadings(sanitised.html, isFirstOfPage) };
}

function prepareDocument(published: PublishedText, key: string): PreparedArticle {
  const { sections } = readDocument(published, key);
  const headings = sections
    .filter((section) => section.heading !== '')
    .map(({ level, heading, anchor }) => ({ level: Math.max(2, level), text: heading, anchor }));
  const html = sections
    .map(({ level, heading, anchor, blocks }) => {
      const tag = `h${Math.max(2, level)}`;
      const title =
        heading === '' ? '' : `<${tag} id="${escapeText(anchor)}">${escapeText(heading)}</${tag}>\n`;
      return title + renderBlocks(blocks);
    })
    .join('\n');
  return { ...sanitiseArticle(html, new Set(headings.map(({ anchor }) => anchor))), headings };
}
