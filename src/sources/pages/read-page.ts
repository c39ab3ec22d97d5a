import type { PublishedText } from '../../knowledge/article.ts';
import { cleanHtml } from '../markup/clean-html.ts';
import { resolveUrl } from '../markup/resolve-url.ts';
import { readClassicPage } from './classic/read-classic-page.ts';
import { readClassicText } from './classic/read-classic-text.ts';
import { findMainContent } from './find-main-content.ts';
import { type PageTree, parsePage } from './parse-page.ts';
import { type PageFacts, readPageFacts } from './read-page-facts.ts';

export type Page = { readonly canonical: string | null; readonly published: PublishedText };

export type PageProblem = { readonly because: string };

export type PageOptions = {
  /** CSS selectors of the article and of parts of it that are none; null: it's found. */
  readonly content: string | null;
  readonly remove?: string | null;
};

/** Attributes that the meaning of an article depends on; what else a site puts there changes with its design. */
const keptAttributes = new Set([
  'href',
  'src',
  'alt',
  'title',
  'lang',
  'dir',
  'start',
  'colspan',
  'rowspan',
  'datetime',
  'class',
  'id',
]);
const meaningfulClass =
  /^(note|tip|important|warning|caution|danger|alert|info|language-[\w+#-]+|lang-[\w+#-]+)$/i;

/** The article of an HTML page: its main content, cleaned, with what the page says of itself. */
export function readPage(html: string, url: string, options: PageOptions): Page | PageProblem {
  const $ = parsePage(html);
  if ($ === null) return { because: 'it is nested deeper, or has more elements, than any article' };
  const facts = readPageFacts($, url);
  if (facts.isUnlisted) return { because: 'it asks not to be indexed' };
  if (options.remove) $(options.remove).remove();

  const classic = options.content === null ? readClassicPage($) : null;
  const content = classic?.content ?? findMainContent($, options.content);
  if (content === null)
    return { because: options.content === null ? 'it has no text' : `"${options.content}" is not in it` };
  const title = classic?.facts.title ?? findTitle($, content.find('h1').first().text(), facts);
  simplify($, content);
  const base = resolveUrl($('base[href]').attr('href') ?? '', url) || url;
  const markup = cleanHtml($.html(content), {
    resolveUrl: (link) => (link.startsWith('#') ? link : resolveUrl(link, base)),
  });
  return {
    canonical: facts.canonical,
    published: {
      format: 'html',
      text: markup,
      includes: {},
      facts: present({
        title,
        description: facts.description,
        language: facts.language,
        'vendor-date': facts.modified ?? facts.published,
        keywords: facts.keywords,
        ...classic?.facts,
      }),
    },
  };
}

/** The article of a page in plain text. */
export function readTextPage(text: string): PublishedText {
  return (
    readClassicText(text) ?? {
      format: 'text',
      text: text.replace(/\r\n?/g, '\n').trim(),
      includes: {},
      facts: {},
    }
  );
}

function simplify($: PageTree, content: ReturnType<PageTree>): void {
  for (const element of [...content.toArray(), ...content.find('*').toArray()]) {
    if (!('attribs' in element)) continue;
    for (const name of Object.keys(element.attribs)) {
      if (!keptAttributes.has(name)) $(element).removeAttr(name);
    }
    const classes = (element.attribs.class ?? '').split(/\s+/).filter((word) => meaningfulClass.test(word));
    if (classes.length > 0) $(element).attr('class', classes.join(' '));
    else $(element).removeAttr('class');
  }
}

function findTitle($: PageTree, heading: string, facts: PageFacts): string | null {
  const own = heading.replace(/\s+/g, ' ').trim();
  if (own !== '') return own;
  const only = $('h1');
  const elsewhere = only.length === 1 ? only.text().replace(/\s+/g, ' ').trim() : '';
  return elsewhere || facts.title;
}

function present(facts: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts)) if (value != null && value !== '') kept[name] = value;
  return kept;
}
