import { createSearch } from '../search/create-search.ts';
import { openPart } from '../search/index/overlay.ts';
import type { Search } from '../search/search-answer.ts';
import { openIndex } from '../search/search-index.ts';
import type { Log } from './log.ts';
import type { SharedIndex } from './search-index-keeper.ts';
import { startThread, type ThreadOverrides } from './thread-host.ts';

export type SearchService = {
  /** null while the index is being built for the first time. */
  findSearch(): Search | null;
  /** The change up to which the index tells; null while there is none. */
  findPosition(): number | null;
  stop(): Promise<void>;
};

/** Keeps a search up to date with an index that a thread of its own builds and follows. */
export function startSearchService(options: ThreadOverrides, log: Log): SearchService {
  let search: Search | null = null;
  let position: number | null = null;
  const thread = startThread(new URL('./search-thread.ts', import.meta.url), {
    name: 'search',
    options,
    log,
    onMessage: (message) => {
      const shared = message as SharedIndex; // the thread sends nothing else
      search = openSharedIndex(shared);
      position = shared.through;
    },
  });
  return { findSearch: () => search, findPosition: () => position, stop: thread.stop };
}

/** Opens an index in place; cheap, whatever its size. */
export function openSharedIndex({ parts, vocabulary }: SharedIndex): Search {
  return createSearch(
    openIndex(
      parts.map(({ segment, overlay }) => openPart(segment, overlay)),
      vocabulary,
    ),
  );
}
