import { join, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../knowledge/clock.ts';
import type { ReadImage } from '../knowledge/images/image.ts';
import { type Source, SourceError, type SourceKind, type SourceReader } from '../knowledge/source.ts';
import { createCsafReader, csafSettingsSchema } from '../sources/csaf/create-csaf-reader.ts';
import { createFeedReader, feedSettingsSchema } from '../sources/feed/create-feed-reader.ts';
import { createFolderReader, folderSettingsSchema } from '../sources/folder/create-folder-reader.ts';
import { createGitReader } from '../sources/git/create-git-reader.ts';
import { readGitLocation } from '../sources/git/git-location.ts';
import { gitSettingsSchema } from '../sources/git/git-settings.ts';
import { type AddressPolicy, checkUrl, publicWebOnly } from '../sources/http/check-address.ts';
import { createExchange } from '../sources/http/exchange.ts';
import type { FetchMemory } from '../sources/http/fetch-memory.ts';
import { resolveBySystem } from '../sources/http/guarded-connector.ts';
import { createPoliteClient, defaultPoliteness, type PoliteClient } from '../sources/http/polite-client.ts';
import { createPagesReader, pagesSettingsSchema } from '../sources/pages/create-pages-reader.ts';
import { readSettings } from '../sources/read-settings.ts';
import { createStarterReader } from '../sources/starter/create-starter-reader.ts';
import { createImageReader } from './compose-images.ts';
import type { Config } from './config.ts';

/** The URL that stands for the knowledge base that ships with the program. */
export const starterUrl = 'kbalertz:starter';

const settingsSchemas = {
  git: gitSettingsSchema,
  feed: feedSettingsSchema,
  csaf: csafSettingsSchema,
  pages: pagesSettingsSchema,
  folder: folderSettingsSchema,
};

export type SourceReaders = {
  readonly client: PoliteClient;
  readonly readImage: ReadImage;
  readerOf(source: Pick<Source, 'kind' | 'url'>): SourceReader;
  /** Why a new source can't be used, in a sentence; null: it can be tried. */
  findProblem(source: Pick<Source, 'kind' | 'url' | 'settings'>): string | null;
  /** Deletes what readers keep of a source outside the database. */
  forget(source: Source): Promise<void>;
  close(): Promise<void>;
};

/** The readers of all kinds of sources behind one polite client, which remembers what `memory` keeps. */
export function createSourceReaders(parts: {
  config: Config;
  clock: Clock;
  memory: FetchMemory;
}): SourceReaders {
  const { config, clock, memory } = parts;
  const policy: AddressPolicy = { ...publicWebOnly, allowedHosts: config.privateHosts };
  const exchange = createExchange({ policy, resolveHost: resolveBySystem, connectTimeoutMs: 20_000 });
  const client = createPoliteClient({
    exchange,
    memory,
    policy,
    politeness: { ...defaultPoliteness, userAgent: `kbalertz/1.0 (+${config.publicUrl}; ${config.contact})` },
    clock,
    random: Math.random,
    sleep: async (durationMs, signal) => {
      await wait(durationMs, undefined, { signal });
    },
  });
  const isLocalPathAllowed = (path: string) => isWithin(config.localSources, path);
  const web = { client, memory, clock };
  const git = createGitReader({
    cacheFolder: join(config.dataFolder, 'git'),
    isLocalPathAllowed,
    clock,
    addressPolicy: policy,
  });
  const readers: Record<SourceKind, SourceReader> = {
    git,
    feed: createFeedReader(web),
    csaf: createCsafReader(web),
    pages: createPagesReader(web),
    folder: createFolderReader({ isLocalPathAllowed, memory, clock }),
  };
  const starter = createStarterReader({ folder: join(import.meta.dirname, '../../starter-kb'), clock });
  return {
    client,
    readImage: createImageReader({ config, client, isLocalPathAllowed }),
    readerOf: ({ kind, url }) => (url === starterUrl ? starter : readers[kind]),
    findProblem({ kind, url, settings }) {
      try {
        readSettings<(typeof settingsSchemas)[SourceKind]>(settingsSchemas[kind], kind, settings);
        if (kind === 'git') readGitLocation(url);
        const isOfTheWeb = kind !== 'git' && kind !== 'folder';
        const check = isOfTheWeb ? checkUrl(url, policy) : null;
        return check?.kind === 'refused' ? `This address is not fetched: ${check.because}.` : null;
      } catch (error) {
        if (error instanceof SourceError) return error.message;
        throw error;
      }
    },
    async forget(source) {
      if (source.kind === 'git') await git.forget(source);
    },
    async close() {
      await client.close();
      await exchange.close();
    },
  };
}

function isWithin(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}${sep}`));
}
