import { createPageHeadingTest } from './heading-role.ts';
import { readHtmlBlocks } from './read-html.ts';
import type { RenderedArticle } from './render-html.ts';
import { createAnchorNames } from './section-writer.ts';

const heading = /<h([2-6])>([\s\S]*?)<\/h\1>/g;

/**
 * Gives the headings of sanitised HTML the anchors that the document's sections have, and takes the page's own out.
 * Sanitising makes `h1` an `h2`: `isFirstOfPage` says whether the first heading was one.
 */
export function nameHtmlHeadings(html: string, isFirstOfPage: boolean): RenderedArticle {
  const nameAnchor = createAnchorNames();
  nameAnchor('intro');
  const isPageHeading = createPageHeadingTest();
  const headings: { level: number; text: string; anchor: string }[] = [];
  const named = html.replace(heading, (whole, digit: string, inner: string) => {
    const text = readText(inner);
    if (text === '') return '';
    const level = Number(digit);
    if (isPageHeading(text, isFirstOfPage ? 1 : level)) return '';
    const anchor = nameAnchor(text);
    headings.push({ level, text, anchor });
    return `<h${level} id="${anchor}">${whole.slice(4)}`;
  });
  return { html: named, headings };
}

function readText(html: string): string {
  const words: string[] = [];
  readHtmlBlocks(`<p>${html}</p>`, {
    add: (block) => words.push(block.kind === 'image' ? '' : block.text),
    depth: 0,
    alert: '',
    resolve: (href) => href,
  });
  return words.join(' ').trim();
}
