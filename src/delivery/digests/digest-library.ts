import type { DigestLibrary } from '../../alerts/compose-digest.ts';
import type { Archive } from '../../knowledge/archive.ts';
import type { Document } from '../../knowledge/document.ts';
import type { ArticleId } from '../../knowledge/ids.ts';
import { judgeChange } from '../../knowledge/significance/judge-change.ts';

/**
 * Reads what digests say of articles. The digests of one night tell the same few changes to everybody: the last
 * `capacity` documents stay in memory.
 */
export function createDigestLibrary(
  archive: Pick<Archive, 'loadRevision'>,
  { capacity = 500 }: { readonly capacity?: number } = {},
): DigestLibrary {
  const documents = new Map<string, Promise<Document | null>>();
  const loadDocument = (articleId: ArticleId, revision: number): Promise<Document | null> => {
    const key = `${articleId}/${revision}`;
    const document =
      documents.get(key) ??
      archive.loadRevision(articleId, revision).then((loaded) => loaded?.document ?? null);
    document.catch(() => documents.delete(key)); // not to be had now; the next reader asks again
    documents.delete(key);
    documents.set(key, document);
    const [oldest] = documents.keys();
    if (documents.size > capacity && oldest !== undefined) documents.delete(oldest);
    return document;
  };
  return {
    loadDocument,
    async judgeEdit(articleId, fromRevision, toRevision) {
      const [before, after] = [
        await loadDocument(articleId, fromRevision),
        await loadDocument(articleId, toRevision),
      ];
      return before && after ? judgeChange(before, after) : null;
    },
  };
}
