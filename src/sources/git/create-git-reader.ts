import { realpath, rm } from 'node:fs/promises';
import type { Clock } from '../../knowledge/clock.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { type Snapshot, type Source, SourceError, type SourceReader } from '../../knowledge/source.ts';
import { type AddressPolicy, publicWebOnly } from '../http/check-address.ts';
import { createArticlePaths } from './article-paths.ts';
import { createArticleShelf } from './article-shelf.ts';
import { openBlobReader } from './blob-reader.ts';
import { type Commit, findCommitAt, hasCommit, isAncestor, listChain } from './commit-chain.ts';
import { explainFailure } from './explain-failure.ts';
import { createFileTexts } from './file-texts.ts';
import { createFileTree } from './file-tree.ts';
import { describeLocation, type GitLocation, readGitLocation } from './git-location.ts';
import type { GitPlace } from './git-process.ts';
import { type GitSettings, nameSelection, readGitSettings } from './git-settings.ts';
import { createIncludeGraph } from './include-graph.ts';
import { findFilesWithReferences, listTree } from './list-tree.ts';
import { mirrorFolder, refreshMirror } from './mirror.ts';
import { createPageUrls } from './page-url.ts';
import { findBranch, openRemote } from './remote.ts';
import { openTreeDifferences } from './tree-differences.ts';

export type GitReader = SourceReader & {
  /** Deletes the copy of a source's repository. */
  forget(source: Source): Promise<void>;
};

type Request = Parameters<SourceReader['readSnapshots']>[0];

/** Longer chains are not walked for one snapshot: the two states are compared directly. */
const maxFoldedCommits = 5000;

/**
 * Reads knowledge bases that are kept in git: each first-parent commit of the branch is a snapshot. The proof is its id,
 * with the name of the settings that choose articles where there are such (`id.name`).
 *
 * `depth: 'latest'` gives the state of the branch now, or at `asOf`, dated with that instant. `'history'` gives each
 * commit, dated with the time it was committed; where a clock was wrong, with that of the commit before it, and never
 * later than `asOf` or now. Which commit stood at an instant: see `findCommitAt`.
 *
 * The first snapshot of a source, one whose cursor the repository no longer has, and the first after a change of these
 * settings show all articles; every other one what differs from the cursor. Throws SourceError.
 */
export function createGitReader(parts: {
  /** For the copies of repositories; made where it is missing. */
  readonly cacheFolder: string;
  /** Asked with the absolute path, links resolved. */
  readonly isLocalPathAllowed: (path: string) => boolean;
  readonly clock: Clock;
  readonly addressPolicy?: AddressPolicy;
}): GitReader {
  const { cacheFolder, clock } = parts;
  const addressPolicy = parts.addressPolicy ?? publicWebOnly;
  return {
    async *readSnapshots(request) {
      const settings = readGitSettings(request.source.settings);
      const location = await allowLocation(readGitLocation(request.source.url), parts.isLocalPathAllowed);
      const where = describeLocation(location);
      const { source, signal, asOf, depth } = request;
      const selection = nameSelection(settings);
      const folder = mirrorFolder(cacheFolder, source);
      try {
        const remote = await openRemote({ location, cacheFolder, addressPolicy, signal });
        const branch = await findBranch(remote, settings.branch ?? null);
        if (asOf === null && proofOf(branch.tip, selection) === request.cursor) return;
        const mirror = await refreshMirror(folder, remote, branch.name);
        const way = await planWay({ ...mirror, request, selection, where });
        if (way === null) return;
        const latestAsOf = asOf ?? clock.now();
        yield* walk({ place: mirror.place, settings, selection, location, way, latestAsOf, depth });
        // Its history is read, and a bundle changes so rarely that it can be unpacked again when it does.
        if (remote.isBundle && depth === 'history') await rm(folder, { recursive: true, force: true });
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (error instanceof SourceError && error.code === 'damaged') {
          await rm(folder, { recursive: true, force: true });
        }
        throw explainFailure(error, where);
      }
    },
    forget: (source) => rm(mirrorFolder(cacheFolder, source), { recursive: true, force: true }),
  };
}

async function allowLocation(
  location: GitLocation,
  isLocalPathAllowed: (path: string) => boolean,
): Promise<GitLocation> {
  if (location.kind === 'web') return location;
  const path = await realpath(location.path).catch(() => location.path);
  if (isLocalPathAllowed(path)) return { kind: 'local', path };
  throw new SourceError(
    'refused',
    `${location.path} was not read: the operator does not allow repositories on this machine to be read from there.`,
  );
}

function proofOf(commit: string, selection: string): string {
  return selection === '' ? commit : `${commit}.${selection}`;
}

/** From which state to which, and over which commits. */
type Way = {
  /** The state that the scan starts from; null: from nothing. */
  readonly from: string | null;
  readonly to: string;
  /** All commits between them, oldest first; empty where the two states are to be compared directly. */
  readonly commits: readonly Commit[];
  readonly warnings: readonly string[];
};

async function planWay(journey: {
  readonly place: GitPlace;
  readonly tip: string;
  readonly request: Request;
  readonly selection: string;
  readonly where: string;
}): Promise<Way | null> {
  const { place, tip, request, selection, where } = journey;
  const { asOf, depth } = request;
  const to = await findCommitAt(place, tip, asOf);
  if (to === null) {
    const date = new Date(asOf ?? 0).toISOString().slice(0, 10);
    throw new SourceError(
      'too-early',
      `${where} has nothing that is as old as ${date}: choose a later date.`,
    );
  }
  const [cursor = '', selectedBefore = ''] = request.cursor?.split('.') ?? [];
  const isSameSelection = selectedBefore === selection;
  if (to === cursor && isSameSelection) return null;
  const from = isSameSelection && (await hasCommit(place, cursor)) ? cursor : null;
  if (from === null && (depth === 'latest' || request.cursor !== null)) {
    return { from, to, commits: [], warnings: [] };
  }
  const commits = await listChain(place, from, to);
  const isAhead = from === null || commits[0]?.parent === from;
  if (isAhead && (depth === 'history' || commits.length <= maxFoldedCommits)) {
    return { from, to, commits, warnings: [] };
  }
  const isRelated = isAhead || (await isAncestor(place, to, from)) || (await isAncestor(place, from, to));
  const warning = 'The branch was rewritten since the last scan: it was compared with what it showed then.';
  return { from, to, commits: [], warnings: isRelated ? [] : [warning] };
}

async function* walk(journey: {
  readonly place: GitPlace;
  readonly settings: GitSettings;
  readonly selection: string;
  readonly location: GitLocation;
  readonly way: Way;
  readonly latestAsOf: Instant;
  readonly depth: Request['depth'];
}): AsyncGenerator<Snapshot> {
  const { place, settings, selection, way, latestAsOf, depth } = journey;
  const tree = createFileTree(createArticlePaths(settings));
  const blobs = openBlobReader(place);
  const differences = openTreeDifferences(place);
  try {
    const shelf = createArticleShelf({
      tree,
      texts: createFileTexts({ blobs, blobOf: tree.blobOf, maxFileBytes: settings.maxFileBytes }),
      graph: createIncludeGraph(),
      pageUrlOf: createPageUrls(settings, journey.location),
      hasVendorPages: Object.keys(settings.pageUrls).length > 0,
    });
    let asOf = asId<Instant>(0);
    if (way.from !== null) {
      tree.apply(await listTree(place, way.from));
      tree.takePending();
      await shelf.learn(await findFilesWithReferences(place, way.from));
    }
    let isFirst = way.from === null;
    const show = async (commit: string, at: Instant): Promise<Snapshot> => {
      const extent = isFirst ? 'whole' : 'difference';
      const { warnings, ...seen } = await shelf.take();
      isFirst = false;
      return {
        asOf: at,
        proof: proofOf(commit, selection),
        extent,
        ...seen,
        warnings: [...way.warnings, ...warnings],
      };
    };

    for (const commit of way.commits) {
      tree.apply(await differences.compare(commit.parent, commit.id));
      asOf = asId<Instant>(Math.min(latestAsOf, Math.max(asOf, commit.committedAt)));
      if (depth === 'history') yield await show(commit.id, asOf);
    }
    if (way.commits.length === 0) {
      tree.apply(
        way.from === null ? await listTree(place, way.to) : await differences.compare(way.from, way.to),
      );
    }
    if (depth === 'latest' || way.commits.length === 0) yield await show(way.to, latestAsOf);
  } finally {
    await Promise.all([blobs.close(), differences.close()]);
  }
}
