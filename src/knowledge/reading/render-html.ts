import type { PublishedText } from '../article.ts';
import { nameHtmlHeadings } from './name-html-headings.ts';
import { isNestedTooDeeply } from './nesting.ts';
import { readDocument } from './read-document.ts';
import { articleOf } from './read-html-page.ts';
import { escapeText, renderBlocks } from './render-blocks.ts';
import { renderMarkdown } from './render-markdown.ts';
import { type RenderOptions, sanitiseArticle } from './sanitise-article.ts';

export type RenderedArticle = {
  /** Sanitised HTML without the page's own heading; sections are `h2` to `h6` with the document's anchors as ids. */
  readonly html: string;
  readonly headings: readonly { readonly level: number; readonly text: string; readonly anchor: string }[];
};

/** Longer articles are shown block by block, without what only a parser of the whole could tell. */
const maxRenderedChars = 1_000_000;

/**
 * An article for the page: what the vendor shows, with nothing of it that could harm. `key` is the article's within its
 * source, as for `readDocument`; links and images are given to the options relative to it. Pure; never throws.
 */
export function renderHtml(
  published: PublishedText,
  options: RenderOptions & { readonly key?: string },
): RenderedArticle {
  const key = options.key ?? '';
  if (published.format === 'text' || published.text.length > maxRenderedChars) {
    return renderDocument(published, key, options);
  }
  if (published.format === 'markdown') {
    const { html, headings } = renderMarkdown(published.text, { key, includes: published.includes });
    if (isNestedTooDeeply(html)) return renderDocument(published, key, options);
    return { html: sanitiseArticle(html, options, new Set(headings.map(({ anchor }) => anchor))), headings };
  }
  const article = articleOf(published.text);
  if (isNestedTooDeeply(article)) return renderDocument(published, key, options);
  const isFirstOfPage = /<h([1-6])\b/i.exec(article)?.[1] === '1';
  return nameHtmlHeadings(sanitiseArticle(article, options, new Set()), isFirstOfPage);
}

function renderDocument(published: PublishedText, key: string, options: RenderOptions): RenderedArticle {
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
  return { html: sanitiseArticle(html, options, new Set(headings.map(({ anchor }) => anchor))), headings };
}
