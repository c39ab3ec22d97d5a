import type { PublishedText } from '../article.ts';
import type { Document } from '../document.ts';
import type { ArticleId } from '../ids.ts';
import type { KnownArticle } from './known-article.ts';
import type { ReadDocument } from './match-snapshot.ts';

/** What the newest revisions say, kept as long as there is room: an imported history asks again and again. */
export type DocumentShelf = {
  /** Loads and reads what is not on the shelf. */
  fetch(articles: readonly KnownArticle[]): Promise<ReadonlyMap<ArticleId, Document>>;
  put(id: ArticleId, document: Document, published: PublishedText): void;
};

/** `maxCharacters` counts published text; documents take about ten bytes of memory for each. */
export function createDocumentShelf(request: {
  readonly load: (ids: readonly ArticleId[]) => Promise<ReadonlyMap<ArticleId, PublishedText>>;
  readonly readDocument: ReadDocument;
  readonly maxCharacters: number;
}): DocumentShelf {
  const { load, readDocument, maxCharacters } = request;
  // The order of a Map is that of insertion: the first entry is the one that was not used for longest.
  const shelf = new Map<ArticleId, { document: Document; characters: number }>();
  let total = 0;

  const put = (id: ArticleId, document: Document, characters: number) => {
    total += characters - (shelf.get(id)?.characters ?? 0);
    shelf.delete(id);
    shelf.set(id, { document, characters });
    for (const [oldest, entry] of shelf) {
      if (total <= maxCharacters) break;
      shelf.delete(oldest);
      total -= entry.characters;
    }
  };
  return {
    put: (id, document, published) => put(id, document, published.text.length),
    async fetch(articles) {
      const found = new Map<ArticleId, Document>();
      const missing: KnownArticle[] = [];
      for (const article of articles) {
        const entry = shelf.get(article.id);
        if (entry) found.set(article.id, entry.document);
        else missing.push(article);
      }
      if (missing.length === 0) return found;
      const texts = await load(missing.map(({ id }) => id));
      for (const { id, key } of missing) {
        const published = texts.get(id);
        if (published) found.set(id, readDocument(published, key));
      }
      return found;
    },
  };
}
