import { createPageHeadingTest } from './heading-role.ts';
import type { Heading } from './prepare-article.ts';
import { readHtmlBlocks } from './read-html.ts';
import { createAnchorNames } from './section-writer.ts';

const heading = /<h([2-6])>([\s\S]*?)<\/h\1>/g;
const image = /<img [^>]*>/g;

/**
 * Gives the headings of sanitised HTML the anchors that the document's sections have, and takes the page's own out.
 * Sanitising makes `h1` an `h2`: `isFirstOfPage` says whether the first heading was one.
 */
export function nameHtmlHeadings(
  html: string,
  isFirstOfPage: boolean,
): { html: string; headings: readonly Heading[] } {
  const nameAnchor = createAnchorNames();
  nameAnchor('intro');
  const isPageHeading = createPageHeadingTest();
  const headings: Heading[] = [];
  const named = html.replace(heading, (whole, digit: string, inner: string) => {
    const text = readText(inner);
    if (text === '') return (inner.match(image) ?? []).join('');
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
