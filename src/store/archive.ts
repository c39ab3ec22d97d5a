import type { Archive } from '../knowledge/archive.ts';
import { sortByName } from '../knowledge/technology.ts';
import * as articles from './archive-articles.ts';
import * as changes from './archive-changes.ts';
import * as pages from './archive-pages.ts';
import * as byTechnology from './archive-technologies.ts';
import type { Database } from './database.ts';
import { findScan, listScans } from './scans.ts';
import { createSourceStore } from './sources.ts';
import { listTechnologies, loadTechnologies } from './technologies.ts';

/** Reads what was kept; see Archive for what each function answers. */
export function createArchive({ db }: Pick<Database, 'db'>): Archive {
  const sources = createSourceStore({ db });
  return {
    findArticle: (id) => articles.findArticle(db, id),
    async findArticlesByName(name) {
      return (await articles.findArticlesByNames(db, [name])).get(name) ?? [];
    },
    findArticlesByNames: (names) => articles.findArticlesByNames(db, names),
    listArticles: (ids) => articles.listArticles(db, ids),
    listArticlePage: (filter) => pages.listArticlePage(db, filter),
    listRevisions: (id) => articles.listRevisions(db, id),
    loadRevision: (id, number) => articles.loadRevision(db, id, number),
    readRevision: (facts) => articles.readRevision(db, facts),
    countArticles: () => articles.countArticles(db),

    listChanges: (filter) => changes.listChanges(db, filter),
    listChangesOfArticle: (id, limit) => changes.listChangesOfArticle(db, id, limit),
    listChangesAfter: (filter) => pages.listChangesAfter(db, filter),
    findLogPosition: (since) => pages.findLogPosition(db, since),
    async findChange(id) {
      const rows = await db.selectFrom('changes').selectAll().where('id', '=', id).execute();
      return (await changes.addArticles(db, rows))[0] ?? null;
    },
    async findBulkEdit(id) {
      const row = await db.selectFrom('bulk_edits').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? changes.readBulkEdit(row) : null;
    },
    listBulkEdits: (filter) => changes.listBulkEdits(db, filter),
    countChangesByDay: (filter) => changes.countChangesByDay(db, filter),
    listMostChangedArticles: (filter) => changes.listMostChangedArticles(db, filter),

    listTechnologies: () => listTechnologies(db),
    listTechnologyIdsOfArticle: (id) => byTechnology.listTechnologyIdsOfArticle(db, id),
    async listTechnologiesOfArticle(id) {
      const ids = await byTechnology.listTechnologyIdsOfArticle(db, id);
      return sortByName([...(await loadTechnologies(db, ids)).values()]);
    },
    countChangesByTechnology: (since, least) => byTechnology.countChangesByTechnology(db, since, least),
    countArticlesByTechnology: () => byTechnology.countArticlesByTechnology(db),
    listArticlesOfTechnology: (id, page) => byTechnology.listArticlesOfTechnology(db, id, page),

    listSources: () => sources.list(),
    findSource: (name) => sources.find(name),
    listScans: (filter) => listScans(db, filter),
    findScan: (id) => findScan(db, id),
  };
}
