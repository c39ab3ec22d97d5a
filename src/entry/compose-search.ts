import { curatedTechnologies } from '../knowledge/technologies/curated-tree.ts';
import { listSynonymGroups } from '../knowledge/technologies/synonym-groups.ts';
import type { Vocabulary } from '../search/vocabulary.ts';
import { createChangeLog } from '../store/change-log.ts';
import type { Database } from '../store/database.ts';
import { createSearchFeed } from '../store/search-feed.ts';

/** What the index of a database is made of. */
export function composeSearch(database: Database) {
  const feed = createSearchFeed(database);
  return {
    feed,
    changeLog: createChangeLog(database),
    /** With the names that the program knows to mean the same, also of technologies that no article names yet. */
    async loadVocabulary(): Promise<Vocabulary> {
      const vocabulary = await feed.loadVocabulary();
      const own = listSynonymGroups(curatedTechnologies);
      const known = new Set(own.map(([name]) => name));
      return { ...vocabulary, groups: [...own, ...vocabulary.groups.filter(([name]) => !known.has(name))] };
    },
  };
}
