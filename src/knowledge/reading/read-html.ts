import { Parser } from 'htmlparser2';
import type { Block } from '../document.ts';
import { writeCode, writeRow, writeTextBlocks } from './block-writer.ts';
import { isHtmlTag } from './html-tags.ts';
import { createInlineCollector, type InlineText, inlineKinds } from './inline-text.ts';

export type HtmlPlace = {
  readonly add: (block: Block) => void;
  /** Nesting in lists around it. */
  readonly depth: number;
  readonly alert: string;
  readonly resolve: (href: string) => string;
  /** Told about each heading; without it a heading is a paragraph. */
  readonly addHeading?: (heading: string, level: number) => void;
};

/** What a page has around an article, and what shows no text. */
export const unseen: ReadonlySet<string> = new Set(
  'script style head title template noscript svg math iframe object select textarea nav footer'.split(' '),
);
const blocks = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure ' +
    'footer form header hr html main nav p section summary table tbody tfoot thead'
  ).split(' '),
);
/** Deeper nesting is no writing; what is inside is passed over. */
const maxDepth = 500;

/** Reads a piece of HTML (a whole body, or what stands between Markdown) as blocks. Never throws, linear in its length. */
export function readHtmlBlocks(html: string, place: HtmlPlace): void {
  if (!html.includes('<')) return;
  const collector = createInlineCollector();
  const lists: { next: number | null }[] = [];
  const alerts: { label: string; depth: number }[] = [];
  let depth = 0;
  let unseenDepth = 0;
  let item: string | null = null;
  let code: { language: string; text: string } | null = null;
  let cells: InlineText[] | null = null;
  let headingLevel = 0;

  const flush = () => {
    const inline = collector.take();
    if (cells) {
      const last = cells.at(-1);
      if (last) cells[cells.length - 1] = joinInline(last, inline);
      return;
    }
    if (headingLevel > 0 && inline.text !== '') {
      if (place.addHeading) place.addHeading(inline.text, headingLevel);
      else writeTextBlocks(place.add, inline, { depth: place.depth + lists.length, alert: '', item: null });
      return;
    }
    if (inline.text === '' && inline.images.length === 0) return;
    const taken = inline.text === '' ? null : item;
    if (inline.text !== '') item = null;
    const alert = alerts.at(-1)?.label ?? place.alert;
    writeTextBlocks(place.add, inline, { depth: place.depth + lists.length, alert, item: taken });
  };
  const endRow = () => {
    if (!cells) return;
    flush();
    writeRow(place.add, cells, place.depth + lists.length);
    cells = null;
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > maxDepth) parser.pause();
      if (unseenDepth > 0 || unseen.has(name)) {
        unseenDepth += 1;
        return;
      }
      if (!isHtmlTag(name)) {
        collector.addText(`<${name}>`);
        return;
      }
      const kind = inlineKinds.get(name);
      if (code) {
        code.language ||= /\blang(?:uage)?-([\w+-]+)/.exec(attributes.class ?? '')?.[1] ?? '';
        if (name === 'br') code.text += '\n';
      } else if (kind === 'link') {
        if (attributes.href !== undefined) collector.open('link', place.resolve(attributes.href));
      } else if (kind !== undefined) {
        collector.open(kind);
      } else if (name === 'img') {
        collector.addImage({ alt: attributes.alt ?? '', src: place.resolve(attributes.src ?? '') });
      } else if (name === 'br') {
        collector.addText(' ');
      } else if (name === 'pre') {
        flush();
        code = { language: '', text: '' };
      } else if (name === 'ul' || name === 'ol') {
        flush();
        lists.push({ next: name === 'ol' ? Number.parseInt(attributes.start ?? '1', 10) || 1 : null });
      } else if (name === 'li') {
        flush();
        const list = lists.at(-1);
        item = list?.next == null ? '' : String(list.next);
        if (list?.next != null) list.next += 1;
      } else if (name === 'tr') {
        endRow();
        flush();
        cells = [];
      } else if (name === 'td' || name === 'th') {
        if (!cells) flush();
        cells ??= [];
        flush();
        cells.push(emptyInline);
      } else if (/^h[1-6]$/.test(name)) {
        flush();
        headingLevel = Number(name[1]);
      } else if (blocks.has(name)) {
        flush();
        const alert = alertOf(attributes.class ?? '');
        if (alert !== '') alerts.push({ label: alert, depth });
      }
    },
    ontext(text) {
      if (unseenDepth > 0) return;
      if (code) code.text += text;
      else collector.addText(text);
    },
    onclosetag(name) {
      if (alerts.at(-1)?.depth === depth) {
        flush();
        alerts.pop();
      }
      depth -= 1;
      if (unseenDepth > 0) {
        unseenDepth -= 1;
        return;
      }
      if (code) {
        if (name !== 'pre') return;
        writeCode(place.add, code.text.replace(/^\n/, ''), code.language, place.depth + lists.length);
        code = null;
        return;
      }
      const kind = inlineKinds.get(name);
      if (kind !== undefined) collector.close(kind);
      else if (name === 'ul' || name === 'ol') {
        flush();
        lists.pop();
        item = null;
      } else if (name === 'tr') endRow();
      else if (/^h[1-6]$/.test(name)) {
        flush();
        headingLevel = 0;
      } else if (name === 'li' || blocks.has(name)) {
        if (name === 'table') endRow();
        flush();
      }
    },
  });
  parser.write(html);
  if (depth <= maxDepth) parser.end();
  endRow();
  flush();
}

const emptyInline: InlineText = { text: '', links: [], marks: [], images: [] };

function joinInline(first: InlineText, second: InlineText): InlineText {
  return {
    text: [first.text, second.text].filter((text) => text !== '').join(' '),
    links: [...first.links, ...second.links],
    marks: [...first.marks, ...second.marks],
    images: [...first.images, ...second.images],
  };
}

function alertOf(classes: string): string {
  if (!/\balert|admonition|callout|notice/i.test(classes)) return '';
  return /\b(note|tip|important|caution|warning|danger|error)\b/i.exec(classes)?.[1]?.toLowerCase() ?? '';
}
