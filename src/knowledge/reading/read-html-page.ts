import { Parser } from 'htmlparser2';
import { type FrontFacts, readFrontFacts, readLanguage } from './front-facts.ts';
import { createPageHeadingTest } from './heading-role.ts';
import { keepHarmlessLink } from './include-links.ts';
import { readHtmlBlocks } from './read-html.ts';
import type { Body } from './read-markdown.ts';
import { createSectionWriter } from './section-writer.ts';

const metaKeys: Readonly<Record<string, string>> = {
  description: 'description',
  'og:description': 'description',
  keywords: 'keywords',
  'ms.date': 'ms.date',
  'article:modified_time': 'updated',
  updated_at: 'updated',
  appliesto: 'appliesto',
};

/** Reads a page, or the part of one that is the article, as HTML. */
export function readHtmlPage(html: string): { front: FrontFacts; body: Body } {
  const head = readHead(html);
  const writer = createSectionWriter();
  let heading: string | null = null;
  const isPageHeading = createPageHeadingTest();
  readHtmlBlocks(articleOf(html), {
    add: writer.addBlock,
    depth: 0,
    alert: '',
    resolve: keepHarmlessLink,
    addHeading(text, level) {
      if (isPageHeading(text, level)) heading = text;
      else writer.addHeading(text, level);
    },
  });
  return {
    front: { ...readFrontFacts(head.values), language: readLanguage(head.language) },
    body: { heading, sections: writer.finish(), warnings: [] },
  };
}

/** What `<main>` or a single `<article>` holds, else the whole. */
export function articleOf(html: string): string {
  for (const name of ['main', 'article']) {
    const start = html.search(new RegExp(`<${name}[\\s>]`, 'i'));
    const end = html.toLowerCase().lastIndexOf(`</${name}`);
    if (start !== -1 && end > start) return html.slice(start, end);
  }
  return html;
}

function readHead(html: string): { values: Map<string, unknown>; language: string | null } {
  const values = new Map<string, unknown>();
  let language: string | null = null;
  if (!/<(?:html|head|title|meta)\b/i.test(html)) return { values, language };
  let isTitle = false;
  let title = '';
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'html') language = attributes.lang ?? null;
      if (name === 'title') isTitle = true;
      if (name === 'body') parser.pause();
      if (name !== 'meta') return;
      const key = metaKeys[(attributes.name ?? attributes.property ?? '').toLowerCase()];
      if (key === undefined || attributes.content === undefined) return;
      if (key !== 'appliesto') values.set(key, values.get(key) ?? attributes.content);
      else values.set(key, [...listOf(values.get(key)), attributes.content]);
    },
    ontext(text) {
      if (isTitle) title += text;
    },
    onclosetag(name) {
      if (name === 'title') isTitle = false;
      if (name === 'head') parser.pause();
    },
  });
  parser.write(html.slice(0, 100_000));
  if (title.trim() !== '') values.set('title', title);
  return { values, language };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
