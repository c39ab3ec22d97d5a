import BetterSqlite3 from 'better-sqlite3';
import type { SearchDocument } from '../../src/search/search-document.ts';
import type { Engine } from './engine.ts';
import { textOf } from './text-of.ts';

/** SQLite's FTS5 in memory, stemmed, ranked by bm25 with the title above the rest. Any of the words is enough. */
export function createFts5(documents: readonly SearchDocument[]): Engine {
  const database = new BetterSqlite3(':memory:');
  database.exec("create virtual table articles using fts5(title, body, tokenize = 'porter unicode61')");
  const insert = database.prepare('insert into articles (rowid, title, body) values (?, ?, ?)');
  database.transaction(() => {
    for (const document of documents) {
      insert.run(document.articleId, document.document.title, textOf(document));
    }
  })();
  const select = database.prepare(
    'select rowid from articles where articles match ? order by bm25(articles, 10, 1) limit 10',
  );
  return {
    name: 'FTS5, without facets and snippets',
    search(query) {
      const words = (query.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `"${word}"`);
      return select.all(words.join(' OR ')).length;
    },
  };
}
