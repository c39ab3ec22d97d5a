import type { Article, PublishedText } from '../article.ts';
import { resolveRepositoryPath } from '../reading/include-links.ts';
import { prepareArticle } from '../reading/prepare-article.ts';
import type { SourceKind } from '../source.ts';
import type { ImageAddress } from './image.ts';

/** More images of one article are not kept. */
const maxImages = 300;
const maxAddressChars = 1000;

/** The images that the page of an article would show: as the text names them, and where they are. Pure. */
export function listImages(
  article: Pick<Article, 'key' | 'url'>,
  sourceKind: SourceKind,
  published: PublishedText,
): Map<string, ImageAddress> {
  const found = new Map<string, ImageAddress>();
  for (const { src } of prepareArticle(published, article.key).images) {
    const at = src !== '' && found.size < maxImages ? locateImage(src, article, sourceKind) : null;
    if (at !== null) found.set(src, at);
  }
  return found;
}

/** Where an image of the article is; null where the text names no place that could be read. */
function locateImage(
  src: string,
  article: Pick<Article, 'key' | 'url'>,
  sourceKind: SourceKind,
): ImageAddress | null {
  const isOfFiles = sourceKind === 'git' || sourceKind === 'folder';
  const isWhole = /^(https?:)?\/\//i.test(src);
  if (src.length > maxAddressChars || /^data:/i.test(src)) return null;
  if (isOfFiles && !isWhole) {
    const path = resolveRepositoryPath(article.key, src);
    return path === null ? null : { kind: 'file', address: path };
  }
  const base = article.url ?? undefined;
  if (!URL.canParse(src, base)) return null;
  const url = new URL(src, base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) ? { kind: 'web', address: url.href } : null;
}
