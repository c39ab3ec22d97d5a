import type { Heading, PreparedArticle } from './prepare-article.ts';
import { escapeText } from './render-blocks.ts';
import type { ArticleImage } from './sanitise-article.ts';

/** What a page does with the links and images of an article. */
export type RenderOptions = {
  /** Where a link leads from this page; null: the link becomes plain text. */
  readonly resolveLink: (href: string) => string | null;
  /** This site's own copy of an image; null: a link to the original stands in its place. */
  readonly resolveImage: (
    src: string,
  ) => { readonly src: string; readonly width?: number; readonly height?: number } | null;
};

export type RenderedArticle = {
  /** Sanitised HTML without the page's own heading; sections are `h2` to `h6` with the document's anchors as ids. */
  readonly html: string;
  readonly headings: readonly Heading[];
};

const mark = /<a (?:data-link="(\d+)"|href="#[^"]*")>|<\/a>|<img data-image="(\d+)" \/>/g;
const safeAddress = /^(?:https?:\/\/|mailto:|\/(?![/\\])|#)/i;
const outward = 'rel="noreferrer nofollow"';

/** Puts in where the links and images of an article lead. Pure; takes microseconds. */
export function finishArticle(prepared: PreparedArticle, options: RenderOptions): RenderedArticle {
  const targets = prepared.links.map((href) => leadSafely(options.resolveLink(href)));
  const ends: string[] = [];
  const html = prepared.html.replace(mark, (found, link?: string, image?: string) => {
    if (found === '</a>') return ends.pop() ?? found;
    if (image !== undefined) {
      const shown = prepared.images[Number(image)];
      return shown === undefined ? '' : renderImage(shown, options);
    }
    const target = link === undefined ? undefined : (targets[Number(link)] ?? null);
    ends.push(target === null ? '</span>' : '</a>');
    if (target === undefined) return found; // to a heading of the article
    if (target === null) return '<span>';
    return `<a href="${escapeText(target)}"${target.startsWith('#') ? '' : ` ${outward}`}>`;
  });
  return { html, headings: prepared.headings };
}

function renderImage({ src, alt, isInsideLink }: ArticleImage, options: RenderOptions): string {
  const copy = src === '' ? null : options.resolveImage(src);
  if (copy !== null && leadSafely(copy.src) !== null) {
    const width = copy.width === undefined ? '' : ` width="${Math.round(copy.width)}"`;
    const height = copy.height === undefined ? '' : ` height="${Math.round(copy.height)}"`;
    const address = `src="${escapeText(copy.src)}" alt="${escapeText(alt)}"`;
    return `<img ${address}${width}${height} loading="lazy" decoding="async" />`;
  }
  const label = escapeText(alt.trim() === '' ? 'Image' : `Image: ${alt.trim()}`).replaceAll('&quot;', '"');
  const original = src === '' || isInsideLink ? null : leadSafely(options.resolveLink(src));
  return original === null
    ? `<span class="image-placeholder">${label}</span>`
    : `<a href="${escapeText(original)}" ${outward} class="image-placeholder">${label}</a>`;
}

/** Browsers leave out white space and control characters within an address: what is left must be safe, too. */
function leadSafely(target: string | null): string | null {
  const isSafe =
    target !== null && safeAddress.test(target) && safeAddress.test(target.replace(/[\0- ]+/g, ''));
  return isSafe ? target : null;
}
