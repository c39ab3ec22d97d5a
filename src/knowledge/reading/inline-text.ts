import type { Token } from 'markdown-it';
import type { Block } from '../document.ts';
import { foldText } from './fold-text.ts';
import { isHtmlTag, readTag } from './html-tags.ts';

/** A run of text as a reader sees it, with what was set off in it. */
export type InlineText = {
  readonly text: string;
  readonly links: Block['links'];
  readonly marks: Block['marks'];
  readonly images: readonly { readonly alt: string; readonly src: string }[];
};

type OpenMark = { readonly kind: 'strong' | 'code' | 'link'; readonly start: number; readonly href: string };

/** Collects a run of text piece by piece, from Markdown or HTML. */
export type InlineCollector = {
  addText(text: string): void;
  addImage(image: { alt: string; src: string }): void;
  open(kind: OpenMark['kind'], href?: string): void;
  /** Ends the innermost `kind`; `href` where a link's target is known at its end only. */
  close(kind: OpenMark['kind'], href?: string): void;
  /** What was collected; the collector is empty afterwards. */
  take(): InlineText;
};

/** The one empty list of links, marks and images. */
export const nothing: readonly never[] = Object.freeze([]);

export function createInlineCollector(): InlineCollector {
  let text = '';
  // Most runs of text have none of these: they share one empty list.
  let links: { text: string; href: string }[] | null = null;
  let marks: { kind: 'code' | 'strong'; text: string }[] | null = null;
  let images: { alt: string; src: string }[] | null = null;
  let openMarks: OpenMark[] = [];
  const closeAt = (index: number, href?: string) => {
    const mark = openMarks[index];
    if (!mark) return;
    openMarks.splice(index, 1);
    const inner = foldText(text.slice(mark.start));
    if (mark.kind === 'link') {
      links ??= [];
      links.push({ text: inner, href: href ?? mark.href });
    } else if (inner !== '') {
      marks ??= [];
      marks.push({ kind: mark.kind, text: inner });
    }
  };
  return {
    addText(piece) {
      text += piece;
    },
    addImage(image) {
      images ??= [];
      images.push({ alt: foldText(image.alt), src: image.src });
    },
    open(kind, href = '') {
      if (openMarks.length < 100) openMarks.push({ kind, start: text.length, href });
    },
    close(kind, href) {
      closeAt(
        openMarks.findLastIndex((mark) => mark.kind === kind),
        href,
      );
    },
    take() {
      while (openMarks.length > 0) closeAt(openMarks.length - 1);
      const taken = {
        text: foldText(text),
        links: links ?? nothing,
        marks: marks ?? nothing,
        images: images ?? nothing,
      };
      text = '';
      links = null;
      marks = null;
      images = null;
      openMarks = [];
      return taken;
    },
  };
}

/** What the inline tokens of one paragraph, heading or cell say. `resolve` makes links relative to the article. */
export function readInlineTokens(tokens: readonly Token[], resolve: (href: string) => string): InlineText {
  const collector = createInlineCollector();
  for (const token of tokens) {
    switch (token.type) {
      case 'text':
      case 'text_special':
        collector.addText(token.content);
        break;
      case 'softbreak':
      case 'hardbreak':
        collector.addText(' ');
        break;
      case 'code_inline':
        collector.open('code');
        collector.addText(token.content);
        collector.close('code');
        break;
      case 'strong_open':
        collector.open('strong');
        break;
      case 'strong_close':
        collector.close('strong');
        break;
      case 'link_open':
        collector.open('link', resolve(String(token.attrGet('href') ?? '')));
        break;
      case 'link_close':
        collector.close('link');
        break;
      case 'image':
        collector.addImage({
          alt: token.content,
          src: resolve(String(token.attrGet('src') ?? '')),
        });
        break;
      case 'html_inline':
        readInlineHtml(token.content, collector, resolve);
        break;
      default:
        break;
    }
  }
  return collector.take();
}

/** One tag inside a run of text. */
export function readInlineHtml(
  source: string,
  collector: InlineCollector,
  resolve: (href: string) => string,
): void {
  if (source.startsWith('<!')) return;
  const tag = readTag(source);
  if (!tag || !isHtmlTag(tag.name)) {
    collector.addText(source); // a placeholder such as <ServerName>, not markup
    return;
  }
  const kind = inlineKinds.get(tag.name);
  if (kind === 'link') {
    if (tag.isClosing) collector.close('link');
    else if (tag.attributes.href) collector.open('link', resolve(tag.attributes.href));
  } else if (kind !== undefined) {
    if (tag.isClosing) collector.close(kind);
    else collector.open(kind);
  } else if (tag.name === 'img') {
    collector.addImage({ alt: tag.attributes.alt ?? '', src: resolve(tag.attributes.src ?? '') });
  } else if (breaking.has(tag.name)) {
    collector.addText(' ');
  }
}

/** Inline elements of HTML that set text off. */
export const inlineKinds: ReadonlyMap<string, OpenMark['kind']> = new Map([
  ['b', 'strong'],
  ['strong', 'strong'],
  ['code', 'code'],
  ['kbd', 'code'],
  ['samp', 'code'],
  ['tt', 'code'],
  ['a', 'link'],
]);

const breaking = new Set(['br', 'p', 'div', 'li', 'ul', 'ol', 'td', 'th', 'tr', 'hr', 'summary', 'details']);
