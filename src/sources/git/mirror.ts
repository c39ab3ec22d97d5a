import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Source } from '../../knowledge/source.ts';
import { GitFailure, type GitPlace, runGit } from './git-process.ts';
import type { Remote } from './remote.ts';

/** A bare copy of a source's repository, kept between scans. A cache: deleting it costs a fetch. */
export type Mirror = { readonly place: GitPlace; readonly tip: string };

const fetchLimits = { timeoutMs: 2 * 3_600_000, maxBytes: 10_000_000 };
const shortLimits = { timeoutMs: 60_000, maxBytes: 50_000_000 };
/** Every fetch leaves a pack; so many slow reading down. */
const maxPacks = 40;
/** Where a mirror keeps what the vendor's branch was at the last scan. */
export const branchRef = 'refs/kbalertz/branch';

/**
 * Fetches a branch into the mirror in the folder, made where there is none. A mirror that git can't use any more is
 * made anew once. Throws GitFailure.
 */
export async function refreshMirror(folder: string, remote: Remote, branchName: string): Promise<Mirror> {
  const place: GitPlace = { ...remote.place, folder };
  const fetch = async () => {
    await makeMirror(place);
    await fetchBranch(place, remote, branchName);
  };
  try {
    await fetch();
  } catch (error) {
    if (place.signal.aborted || !(await isMirrorBroken(place, error))) throw error;
    await rm(folder, { recursive: true, force: true });
    await fetch();
  }
  const tip = await runGit(place, ['rev-parse', '--verify', `${branchRef}^{commit}`], shortLimits);
  await foldPacks(place);
  return { place: { ...place, protocol: 'none' }, tip: tip.toString('latin1').trim() };
}

/** The folder of a source's mirror: another URL is another mirror. */
export function mirrorFolder(cacheFolder: string, source: Pick<Source, 'name' | 'url'>): string {
  const hash = createHash('sha256').update(source.url).digest('hex').slice(0, 12);
  return join(cacheFolder, `${source.name.replace(/[^a-z0-9-]/gi, '-').slice(0, 60)}-${hash}.git`);
}

async function makeMirror(place: GitPlace): Promise<void> {
  const isMade = await stat(join(place.folder, 'HEAD')).then(
    () => true,
    () => false,
  );
  if (isMade) return;
  await mkdir(place.folder, { recursive: true });
  await runGit(place, ['init', '--quiet', '--bare', '--template=', place.folder], shortLimits);
}

async function fetchBranch(place: GitPlace, { pinning, from }: Remote, name: string): Promise<void> {
  const options = [
    '--quiet',
    '--force',
    '--no-tags',
    '--no-recurse-submodules',
    '--no-write-fetch-head',
    '--update-shallow',
  ];
  await runGit(place, [...pinning, 'fetch', ...options, '--', from, `+${name}:${branchRef}`], fetchLimits);
}

/** Whether the mirror, not the repository, is what failed: left by a process that was killed, or damaged on disk. */
async function isMirrorBroken(place: GitPlace, error: unknown): Promise<boolean> {
  if (!(error instanceof GitFailure) || error.code !== 'failed') return false;
  if (
    /\.lock': File exists|not a git repository|unable to read tree|bad object refs|object file .* is empty/i.test(
      error.stderr,
    )
  ) {
    return true;
  }
  if (!/corrupt|bad object|missing|unable to read|did not send all necessary objects/i.test(error.stderr))
    return false;
  try {
    await runGit(place, ['rev-list', '--objects', '--all', '--quiet'], {
      ...shortLimits,
      timeoutMs: 600_000,
    });
    return false;
  } catch {
    return true; // what is kept can't be walked: fetch it anew
  }
}

async function foldPacks(place: GitPlace): Promise<void> {
  const names = await readdir(join(place.folder, 'objects', 'pack')).catch(() => []);
  if (names.filter((name) => name.endsWith('.pack')).length <= maxPacks) return;
  // Unreachable commits are kept: after a force push one of them is still the cursor.
  await runGit(place, ['repack', '-a', '-d', '-q', '--keep-unreachable'], {
    ...shortLimits,
    timeoutMs: 1_800_000,
  });
}
