import type { ArticleId } from '../knowledge/ids.ts';

/** Below which path everything of the API is. */
export const apiPath = '/api/v1';

/** Whole URLs that answers have: those of the site stay good for ever. */
export type ApiLinks = ReturnType<typeof createApiLinks>;

/** `publicUrl`: where readers reach the site, without a slash at the end. */
export function createApiLinks(publicUrl: string) {
  const api = `${publicUrl}${apiPath}`;
  return {
    api,
    article: (id: ArticleId) => `${publicUrl}/a/${id}`,
    revision: (id: ArticleId, number: number) => `${publicUrl}/a/${id}/r/${number}`,
    difference: (id: ArticleId, from: number, to: number) =>
      `${publicUrl}/a/${id}/diff?from=${from}&to=${to}`,
    technology: (slug: string) => `${publicUrl}/technologies/${slug}`,
    remedy: (id: string) => `${publicUrl}/remedies/${id}`,
    document: `${api}/openapi.json`,
    reference: `${api}/reference`,
    problem: (kind: string) => `${api}/reference#problem-${kind}`,
  };
}
