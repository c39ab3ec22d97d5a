import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import { alertLabels } from './alerts.ts';
import { unseen } from './read-html.ts';
import { anchorPrefix, slugOf } from './section-writer.ts';

/** HTML of an article in which only links and images wait to be told where they lead: see `finishArticle`. */
export type SanitisedArticle = {
  /** Links as `<a data-link="N">…</a>` and images as `<img data-image="N" />`, N their place in the lists. */
  readonly html: string;
  /** Targets of links, each once; without those to headings of the article itself, which are in place. */
  readonly links: readonly string[];
  readonly images: readonly ArticleImage[];
};

export type ArticleImage = {
  /** As the text names it; '' where it names none. */
  readonly src: string;
  readonly alt: string;
  readonly isInsideLink: boolean;
};

const allowedTags =
  'p br hr a strong em b i u s del ins sub sup code kbd samp pre blockquote aside ul ol li dl dt dd h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td img figure figcaption details summary div span'.split(
    ' ',
  );

/**
 * Article HTML with nothing in it that runs, loads, frames or styles: elements and attributes of a short list, and no
 * address but those of its own headings. `anchors` are the ids that headings may have. No text of an article passes as
 * a mark of ours: what it writes is escaped, and its elements get their attributes here.
 */
export function sanitiseArticle(html: string, anchors: ReadonlySet<string>): SanitisedArticle {
  const links = new Map<string, number>();
  const images: ArticleImage[] = [];
  const unusedAnchors = new Set(anchors);
  let openLinks = 0;
  let tables = 0;
  const heading = (tagName: string, attributes: Attributes): Tag => {
    const { id } = attributes;
    const level = Math.max(2, Number(tagName[1]));
    return { tagName: `h${level}`, attribs: id !== undefined && unusedAnchors.delete(id) ? { id } : {} };
  };
  const sanitised = sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: {
      a: ['href', 'data-link'],
      img: ['data-image'],
      aside: ['class', 'data-kind'],
      ol: ['start'],
      td: ['colspan', 'rowspan', 'data-align'],
      th: ['colspan', 'rowspan', 'data-align', 'scope'],
      pre: ['tabindex'],
      div: ['class', 'tabindex', 'role', 'aria-label'],
      '*': ['id'],
    },
    allowedClasses: {
      span: [],
      aside: ['alert'],
      div: ['table-scroll'],
      p: ['alert-label', 'tab-label', 'inner-heading'],
      code: [/^language-[\w+#-]{1,30}$/],
    },
    allowedSchemes: [],
    allowedSchemesAppliedToAttributes: ['href'],
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
      a: (_tag, { href }) => {
        const target = href?.trim() ?? '';
        if (target === '') return { tagName: 'span', attribs: {} };
        if (target.startsWith('#')) {
          const anchor = anchorPrefix + slugOf(decodeFragment(target.slice(1)).replaceAll('-', ' '));
          if (!anchors.has(anchor)) return { tagName: 'span', attribs: {} };
          return { tagName: 'a', attribs: { href: `#${anchor}` } };
        }
        const number = links.get(target) ?? links.size;
        links.set(target, number);
        return { tagName: 'a', attribs: { 'data-link': String(number) } };
      },
      img: (tagName, { src = '', alt = '' }) => {
        images.push({ src, alt, isInsideLink: openLinks > 0 });
        return { tagName, attribs: { 'data-image': String(images.length - 1) } };
      },
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
  return { html: sanitised, links: [...links.keys()], images };
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // a stray % names nothing
  }
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
