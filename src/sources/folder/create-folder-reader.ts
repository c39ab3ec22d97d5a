import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ArticleDraft } from '../../knowledge/article.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { Instant } from '../../knowledge/ids.ts';
import { type Snapshot, SourceError, type SourceReader } from '../../knowledge/source.ts';
import { createIncludeGraph } from '../git/include-graph.ts';
import type { RememberedVisit, VisitMemory } from '../http/fetch-memory.ts';
import { BodyLimitError, expandGzip } from '../http/read-body.ts';
import { findHeldProof, proveState, stateOf } from '../http/visit-round.ts';
import { createWarnings } from '../http/warnings.ts';
import { decodeText } from '../markup/decode-text.ts';
import { createPathPatterns } from '../path-patterns.ts';
import { listSetting, readSettings, technologiesSetting } from '../read-settings.ts';
import {
  ArchiveError,
  type ArchiveFile,
  type ArchiveLimits,
  defaultArchiveLimits,
} from './archive-limits.ts';
import { draftFile, formatOf } from './draft-file.ts';
import { readDirectory } from './read-directory.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';

export const folderSettingsSchema = z.object({
  /** Patterns of paths to take and to leave; `*` is anything. */
  include: listSetting.default([]),
  exclude: listSetting.default([]),
  /** Where the vendor shows the files: the path without its ending is put behind it. */
  pageUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** CSS selector of the article in HTML files. */
  content: z.string().max(500).optional(),
  technologies: technologiesSetting,
});

/** Reads a directory, or a .zip, .tar or .tar.gz file, of Markdown, HTML and text files on this machine. */
export function createFolderReader(parts: {
  /** Asked with the absolute path, links resolved. */
  isLocalPathAllowed: (path: string) => boolean;
  memory: VisitMemory;
  clock: Clock;
  limits?: ArchiveLimits;
}): SourceReader {
  const { isLocalPathAllowed, memory, clock, limits = defaultArchiveLimits } = parts;
  return {
    async *readSnapshots({ source, cursor, asOf, signal }) {
      const { dropped } = await memory.openRound(source.id, cursor);
      const held = findHeldProof({ source, asOf, dropped });
      const settings = readSettings(folderSettingsSchema, 'folder', source.settings);
      const place = await findPlace(source.url, isLocalPathAllowed);
      const isWanted = createPathFilter(settings);
      const seen = await readFiles(place, isWanted, { settings, limits, signal });
      const state = createHash('sha256').update(JSON.stringify(seen.drafts)).digest('hex');
      if (cursor !== null && stateOf(cursor) === state) return;
      const asOfNow = clock.now();
      const proof = proveState(state, asOfNow, held);
      await memory.recordVisits(source.id, [visitTo(place, asOfNow)]);
      await memory.closeRound(source.id, proof);
      yield {
        ...seen,
        asOf: asOfNow,
        proof,
        extent: 'whole',
        vanished: [],
        articleCount: seen.drafts.length,
      };
    },
  };
}

type Surroundings = {
  settings: z.output<typeof folderSettingsSchema>;
  limits: ArchiveLimits;
  signal: AbortSignal;
};

async function readFiles(
  place: string,
  isWanted: (path: string) => boolean,
  around: Surroundings,
): Promise<Pick<Snapshot, 'drafts' | 'warnings'>> {
  const { settings, limits, signal } = around;
  const warnings = createWarnings();
  const graph = createIncludeGraph();
  const texts = new Map<string, string>();
  const files: { path: string; bytes: Uint8Array }[] = [];
  for await (const file of openFiles(place, limits)) {
    signal.throwIfAborted();
    if (file.bytes === null) {
      warnings.add(
        `${file.path} was passed over: it has more than ${limits.maxFileBytes} bytes.`,
        'too large',
      );
      continue;
    }
    if (formatOf(file.path) === 'markdown') {
      const { text } = decodeText(file.bytes);
      texts.set(file.path, text);
      graph.learn(file.path, text);
    }
    if (isWanted(file.path)) files.push({ path: file.path, bytes: file.bytes });
  }
  const drafts: ArticleDraft[] = [];
  for (const file of files) {
    const includes = Object.fromEntries(
      graph.listIncluded(file.path).flatMap((path) => {
        const text = texts.get(path);
        return text === undefined ? [] : [[path, text]];
      }),
    );
    const draft = draftFile(file, {
      includes,
      pageUrl: settings.pageUrl === undefined ? null : pageUrlOf(file.path, settings.pageUrl),
      placeTechnologies: settings.technologies,
      content: settings.content ?? null,
    });
    if ('key' in draft) drafts.push(draft);
    else warnings.add(`${file.path} was passed over: ${draft.because}.`, draft.because);
  }
  // Archives keep their own order, which is no difference between two states.
  drafts.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { drafts, warnings: warnings.list() };
}

/** Remembers no more than that there was a visit: all files are read each time. */
function visitTo(resource: string, visitedAt: Instant): RememberedVisit {
  const nothing = { etag: null, lastModified: null, contentHash: null, note: null, draft: null };
  return { resource, ...nothing, isGone: false, visitedAt };
}

async function findPlace(url: string, isAllowed: (path: string) => boolean): Promise<string> {
  const path = url.startsWith('file:') ? fileURLToPath(url) : resolve(url);
  const place = await realpath(path).catch((cause: unknown) => {
    throw new SourceError('gone', `There is no folder or archive at ${path}. All articles were kept.`, {
      cause,
    });
  });
  if (isAllowed(place)) return place;
  throw new SourceError(
    'refused',
    `${path} was not read: the operator does not allow folders on this machine to be read from there.`,
  );
}

async function* openFiles(place: string, limits: ArchiveLimits): AsyncGenerator<ArchiveFile> {
  const isText = (path: string) => formatOf(path) !== null;
  try {
    const { isDirectory, size } = await stat(place).then((found) => ({
      isDirectory: found.isDirectory(),
      size: found.size,
    }));
    if (isDirectory) {
      yield* readDirectory(place, limits, isText);
      return;
    }
    if (size > limits.maxTotalBytes) throw new ArchiveError(`it has more than ${limits.maxTotalBytes} bytes`);
    const archive = await readFile(place);
    if (/\.zip$/i.test(place)) yield* readZip(archive, limits, isText);
    else yield* readTar(await withoutGzip(archive, limits), limits, isText);
  } catch (error) {
    if (!(error instanceof ArchiveError || error instanceof BodyLimitError)) throw error;
    throw new SourceError(
      'bad-archive',
      `${place} could not be read: ${error.message}. All articles were kept.`,
      { cause: error },
    );
  }
}

function withoutGzip(archive: Uint8Array, limits: ArchiveLimits): Promise<Uint8Array> | Uint8Array {
  const isGzip = archive[0] === 0x1f && archive[1] === 0x8b;
  return isGzip ? expandGzip(archive, { maxBytes: limits.maxTotalBytes, maxRatio: 500 }) : archive;
}

/** Texts in the open: nothing hidden, no pieces that other files include, and what the patterns say. */
function createPathFilter(settings: {
  include: readonly string[];
  exclude: readonly string[];
}): (path: string) => boolean {
  const fits = createPathPatterns(settings);
  return (path) => {
    const folders = path.split('/');
    if (folders.some((name) => name.startsWith('.') || /^(_?includes?|node_modules)$/i.test(name)))
      return false;
    return fits(`/${path}`);
  };
}

function pageUrlOf(path: string, base: string): string {
  const place = path
    .replace(/\.[^./]+$/, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return base.replace(/\/?$/, '/') + place;
}
