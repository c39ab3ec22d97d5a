import type { PublishedText } from '../article.ts';
import { finishArticle, type RenderedArticle, type RenderOptions } from './finish-article.ts';
import { prepareArticle } from './prepare-article.ts';

/**
 * An article for the page: what the vendor shows, with nothing of it that could harm. `key` is the article's within its
 * source, as for `readDocument`; links and images are given to the options relative to it. Pure; never throws.
 */
export function renderHtml(
  published: PublishedText,
  options: RenderOptions & { readonly key?: string },
): RenderedArticle {
  return finishArticle(prepareArticle(published, options.key ?? ''), options);
}
