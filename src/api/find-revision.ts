import type { Archive } from '../knowledge/archive.ts';
import type { Article, Revision } from '../knowledge/article.ts';
import { type ArticleId, asId } from '../knowledge/ids.ts';

type Found =
  | { readonly kind: 'found'; readonly article: Article; readonly revision: Revision }
  /** A sentence that says what is not there. */
  | { readonly kind: 'missing'; readonly sentence: string };

/** An article with one of its revisions, the newest unless a number is given. */
export async function findRevision(
  archive: Pick<Archive, 'findArticle' | 'loadRevision'>,
  wanted: { readonly article: number; readonly number?: number | undefined },
): Promise<Found> {
  const id = asId<ArticleId>(wanted.article);
  const article = await archive.findArticle(id);
  if (article === null) return { kind: 'missing', sentence: `There is no article ${id}.` };
  const number = wanted.number ?? article.revision;
  const revision = await archive.loadRevision(id, number);
  if (revision !== null) return { kind: 'found', article, revision };
  const sentence = `Article ${id} has revisions 1 to ${article.revision}, but no ${number}.`;
  return { kind: 'missing', sentence };
}
