import { stat } from 'node:fs/promises';
import { watchFolder } from '../sources/folder/watch-folder.ts';
import type { Parts } from './compose.ts';
import type { Log } from './log.ts';
import { starterUrl } from './source-readers.ts';

/**
 * Asks for a scan of a folder source when something in its folder changes. Call `refresh` now and then: it begins
 * with folders that are new and ends with those that are not watched any more.
 */
export function createFolderWatch(parts: Pick<Parts, 'sources' | 'schedules' | 'clock'>, log: Log) {
  const { sources, schedules, clock } = parts;
  const watched = new Map<string, AbortController>();

  const begin = (name: string, folder: string) => {
    const stop = new AbortController();
    watched.set(name, stop);
    watchFolder({
      folder,
      signal: stop.signal,
      onChange: () => {
        schedules
          .request(name, clock.now())
          .catch((error) => log.error({ err: error, source: name }, 'not asked for'));
      },
      onError: (error) => {
        log.warn({ err: error, source: name }, 'the folder can not be watched; it is scanned every night');
        stop.abort();
      },
    });
  };

  return {
    async refresh(): Promise<void> {
      const wanted = new Map<string, string>();
      for (const { name, kind, url, state } of await sources.list()) {
        if (kind !== 'folder' || state !== 'active' || url === starterUrl) continue;
        const isFolder = await stat(url)
          .then((found) => found.isDirectory())
          .catch(() => false); // an archive, or gone
        if (isFolder) wanted.set(name, url);
      }
      for (const [name, stop] of watched) {
        if (wanted.has(name)) continue;
        stop.abort();
        watched.delete(name);
      }
      for (const [name, folder] of wanted) if (!watched.has(name)) begin(name, folder);
    },
    stop(): void {
      for (const stop of watched.values()) stop.abort();
      watched.clear();
    },
  };
}
