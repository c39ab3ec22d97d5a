import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import { alertLabels } from './alerts.ts';
import { unseen } from './read-html.ts';
import { anchorPrefix, slugOf } from './section-writer.ts';

/** What a page does with the links and images of an article. */
export type RenderOptions = {
  /** Where a link leads from this page; null: the link becomes plain text. */
  readonly resolveLink: (href: string) => string | null;
  /** This site's own copy of an image; null: a link to the original stands in its place. */
  readonly resolveImage: (
    src: string,
  ) => { readonly src: string; readonly width?: number; readonly height?: number } | null;
};

const allowedTags =
  'p br hr a strong em b i u s del ins sub sup code kbd samp pre blockquote aside ul ol li dl dt dd h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td img figure figcaption details summary div span'.split(
    ' ',
  );
const safeAddress = /^(?:https?:\/\/|mailto:|\/(?![/\\])|#)/i;
const outward = 'noreferrer nofollow';

/**
 * Article HTML with nothing in it that runs, loads, frames or styles: elements and attributes of a short list, addresses
 * of three schemes or this site. `anchors` are the ids that headings may have.
 */
export function sanitiseArticle(html: string, options: RenderOptions, anchors: ReadonlySet<string>): string {
  const unusedAnchors = new Set(anchors);
  let openLinks = 0;
  let tables = 0;
  const heading = (tagName: string, attributes: Attributes): Tag => {
    const { id } = attributes;
    const level = Math.max(2, Number(tagName[1]));
    return { tagName: `h${level}`, attribs: id !== undefined && unusedAnchors.delete(id) ? { id } : {} };
  };
  return sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: {
      a: ['href', 'rel', 'class'],
      img: ['src', 'alt', 'width', 'height', 'loading', 'decoding'],
      aside: ['class', 'data-kind'],
      ol: ['start'],
      td: ['colspan', 'rowspan', 'data-align'],
      th: ['colspan', 'rowspan', 'data-align', 'scope'],
      pre: ['tabindex'],
      div: ['class', 'tabindex', 'role', 'aria-label'],
      '*': ['id'],
    },
    allowedClasses: {
      a: ['image-placeholder'],
      span: ['image-placeholder'],
      aside: ['alert'],
      div: ['table-scroll'],
      p: ['alert-label', 'tab-label', 'inner-heading'],
      code: [/^language-[\w+#-]{1,30}$/],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    nestingLimit: 100,
    enforceHtmlBoundary: false,
    nonTextTags: [...unseen, 'option', 'xmp'],
    parser: { decodeEntities: true },
    onOpenTag: (name) => {
      if (name === 'a') openLinks += 1;
    },
    onCloseTag: (name) => {
      if (name === 'a') openLinks = Math.max(0, openLinks - 1);
    },
    transformTags: {
      '*': (tagName, attributes) => {
        if (/^h[2-6]$/.test(tagName)) return { tagName, attribs: attributes };
        const { id: _dropped, ...rest } = attributes;
        return { tagName, attribs: rest };
      },
      h1: heading,
      h2: heading,
      h3: heading,
      h4: heading,
      h5: heading,
      h6: heading,
      a: (_tag, attributes) => {
        const target =
          attributes.href === undefined ? null : resolveTarget(attributes.href, options, anchors);
        if (target === null) return { tagName: 'span', attribs: {} };
        return {
          tagName: 'a',
          attribs: target.startsWith('#') ? { href: target } : { href: target, rel: outward },
        };
      },
      img: (_tag, attributes) => renderImage(attributes, options, openLinks > 0),
      aside: (_tag, attributes) => {
        const kind = attributes['data-kind'] ?? '';
        const isKnown = alertLabels.some((label) => label === kind);
        return { tagName: 'aside', attribs: { class: 'alert', 'data-kind': isKnown ? kind : 'note' } };
      },
      td: (tagName, attributes) => ({ tagName, attribs: cellAttributes(attributes) }),
      th: (tagName, attributes) => ({ tagName, attribs: cellAttributes(attributes) }),
      ol: (tagName, { start }) => ({
        tagName,
        attribs: start !== undefined && /^\d{1,6}$/.test(start) ? { start } : {},
      }),
      pre: (tagName) => ({ tagName, attribs: { tabindex: '0' } }),
      div: (tagName, attributes) => {
        if (attributes.class !== 'table-scroll') return { tagName, attribs: {} };
        tables += 1;
        // Regions of a page have names of their own.
        const name = tables === 1 ? 'Table' : `Table ${tables}`;
        return {
          tagName,
          attribs: { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': name },
        };
      },
      b: 'strong',
      i: 'em',
    },
  });
}

/** A heading's own anchor for a link within the article, else what the page makes of the link; null for no link. */
function resolveTarget(href: string, options: RenderOptions, anchors: ReadonlySet<string>): string | null {
  const trimmed = href.trim();
  if (trimmed === '') return null;
  if (trimmed.startsWith('#')) {
    const anchor = anchorPrefix + slugOf(decodeFragment(trimmed.slice(1)).replaceAll('-', ' '));
    return anchors.has(anchor) ? `#${anchor}` : null;
  }
  const target = options.resolveLink(trimmed);
  return target !== null && safeAddress.test(target) ? target : null;
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // a stray % names nothing
  }
}

function renderImage(attributes: Attributes, options: RenderOptions, isInsideLink: boolean): Tag {
  const { src = '', alt = '' } = attributes;
  const copy = src === '' ? null : options.resolveImage(src);
  if (copy !== null && safeAddress.test(copy.src)) {
    const size = {
      ...(copy.width !== undefined && { width: String(Math.round(copy.width)) }),
      ...(copy.height !== undefined && { height: String(Math.round(copy.height)) }),
    };
    return { tagName: 'img', attribs: { src: copy.src, alt, ...size, loading: 'lazy', decoding: 'async' } };
  }
  const label = alt.trim() === '' ? 'Image' : `Image: ${alt.trim()}`;
  const original = src === '' || isInsideLink ? null : options.resolveLink(src);
  if (original === null || !safeAddress.test(original)) {
    return { tagName: 'span', attribs: { class: 'image-placeholder' }, text: label };
  }
  return { tagName: 'a', attribs: { href: original, rel: outward, class: 'image-placeholder' }, text: label };
}

function cellAttributes(attributes: Attributes): Attributes {
  const kept: Attributes = {};
  for (const name of ['colspan', 'rowspan']) {
    const value = attributes[name];
    if (value !== undefined && /^[1-9]\d{0,2}$/.test(value)) kept[name] = value;
  }
  const align = /text-align:\s*(center|right)/.exec(attributes.style ?? '')?.[1];
  if (align !== undefined) kept['data-align'] = align;
  return kept;
}
