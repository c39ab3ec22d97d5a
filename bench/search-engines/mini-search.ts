import MiniSearch from 'minisearch';
import type { SearchDocument } from '../../src/search/search-document.ts';
import type { Engine } from './engine.ts';
import { textOf } from './text-of.ts';

/** MiniSearch with the title above the rest. */
export function createMiniSearch(documents: readonly SearchDocument[]): Engine {
  const index = new MiniSearch<{ id: number; title: string; body: string }>({ fields: ['title', 'body'] });
  for (const document of documents) {
    index.add({ id: document.articleId, title: document.document.title, body: textOf(document) });
  }
  return {
    name: 'MiniSearch, without facets and snippets',
    search: (query) => index.search(query, { boost: { title: 10 } }).slice(0, 10).length,
  };
}
