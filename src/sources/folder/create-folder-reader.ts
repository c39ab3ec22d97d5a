import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ArticleDraft } from '../../knowledge/article.ts';
import type { Clock } from '../../knowledge/clock.ts';
import type { Instant } from '../../knowledge/ids.ts';
import type { Snapshot, SourceReader } from '../../knowledge/source.ts';
import { createIncludeGraph } from '../git/include-graph.ts';
import type { RememberedVisit, VisitMemory } from '../http/fetch-memory.ts';
import { findHeldProof, proveState, stateOf } from '../http/visit-round.ts';
import { createWarnings } from '../http/warnings.ts';
import { decodeText } from '../markup/decode-text.ts';
import { createPathPatterns } from '../path-patterns.ts';
import { listSetting, readSettings, technologiesSetting } from '../read-settings.ts';
import { type ArchiveLimits, defaultArchiveLimits } from './archive-limits.ts';
import { draftFile, formatOf } from './draft-file.ts';
import { findPlace, openFiles } from './open-files.ts';

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

const isText = (path: string) => formatOf(path) !== null;

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
  for await (const file of openFiles(place, limits, isText)) {
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
