import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RenderedArticle } from '../../knowledge/reading/finish-article.ts';
import { renderHtml } from '../../knowledge/reading/render-html.ts';
import { imageSize } from './image-size.ts';

/** A page of the guide, ready to be shown. */
export type GuidePage = {
  /** Its address below /help; '' is the first page. */
  readonly name: string;
  readonly title: string;
  readonly body: RenderedArticle;
};

export type Guide = {
  readonly index: GuidePage;
  /** In the order in which the first page names them; those that it does not name come last. */
  readonly pages: readonly GuidePage[];
  /** Of these the first page has no link. */
  readonly unnamed: readonly GuidePage[];
  find(name: string): GuidePage | null;
  /** null: there is no such image. */
  readImage(name: string): { readonly bytes: Uint8Array<ArrayBuffer>; readonly contentType: string } | null;
};

const docs = join(import.meta.dirname, '../../../docs');

/**
 * Reads docs/guide and the glossary: README.md is the first page, and each other file one of its own. Links between
 * them lead to their pages here; those to the program's own files become plain text, since a server has no copy to
 * show.
 */
export function loadGuide(folder: string = docs): Guide {
  const files = readdirSync(join(folder, 'guide')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  const paths = new Map(files.map((file) => [basename(file, '.md'), join(folder, 'guide', file)]));
  if (existsSync(join(folder, 'glossary.md'))) paths.set('glossary', join(folder, 'glossary.md'));
  const images = listImages(join(folder, 'images'));
  const read = (name: string, path: string) =>
    readPage(name, readFileSync(path, 'utf8'), { names: paths, images });
  const index = read('', join(folder, 'guide/README.md'));
  const order = [...index.body.html.matchAll(/href="\/help\/([\w-]+)/g)].map(([, name]) => name ?? '');
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const pages = [...paths]
    .map(([name, path]) => read(name, path))
    .sort((a, b) => rank(a.name) - rank(b.name) || a.title.localeCompare(b.title, 'en'));
  const byName = new Map(pages.map((page) => [page.name, page]));
  return {
    index,
    pages,
    unnamed: pages.filter((page) => !order.includes(page.name)),
    find: (name) => byName.get(name) ?? null,
    readImage(name) {
      const image = images.get(name);
      return image === undefined
        ? null
        : { bytes: new Uint8Array(readFileSync(image.path)), contentType: 'image/png' };
    },
  };
}

type Image = { readonly path: string; readonly width: number; readonly height: number };

function listImages(folder: string): Map<string, Image> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^[\w-]+\.png$/.test(name)) : [];
  return new Map(
    names.map((name) => {
      const path = join(folder, name);
      return [name, { path, ...imageSize(readFileSync(path)) }];
    }),
  );
}

/** Headings of texts have a prefix here, so that none is taken for an id of the page itself. */
const toAnchor = (fragment: string) => fragment.replace(/^#(?!s-)/, '#s-');

type Surroundings = {
  readonly names: ReadonlyMap<string, string>;
  readonly images: ReadonlyMap<string, Image>;
};

function readPage(name: string, text: string, { names, images }: Surroundings): GuidePage {
  const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
  const published = { format: 'markdown', text, includes: {}, facts: {} } as const;
  const body = renderHtml(published, {
    resolveLink(href) {
      if (href.startsWith('#')) return toAnchor(href);
      if (/^(https?:|mailto:)/.test(href)) return href;
      const [, page = '', fragment = ''] = /^(?:\.\.?\/)*(?:guide\/)?([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
      if (page === 'README' && !href.startsWith('../')) return '/help';
      return names.has(page) ? `/help/${page}${toAnchor(fragment)}` : null;
    },
    resolveImage(src) {
      const image = images.get(basename(src));
      if (image === undefined) return null;
      return { src: `/help/images/${basename(src)}`, width: image.width, height: image.height };
    },
  });
  return { name, title: title.replaceAll(/[`*]/g, ''), body };
}
