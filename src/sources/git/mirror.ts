import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Source, SourceError } from '../../knowledge/source.ts';
import { type AddressPolicy, bareHost, isPublicAddress } from '../http/check-address.ts';
import { explainFailure } from './explain-failure.ts';
import { describeLocation, type GitLocation } from './git-location.ts';
import { GitFailure, type GitPlace, runGit } from './git-process.ts';
import type { GitSettings } from './git-settings.ts';

/** A bare copy of a source's repository, kept between scans. A cache: deleting it costs a fetch. */
export type Mirror = { readonly place: GitPlace; readonly tip: string };

const fetchLimits = { timeoutMs: 2 * 3_600_000, maxBytes: 10_000_000 };
const shortLimits = { timeoutMs: 60_000, maxBytes: 50_000_000 };
/** Every fetch leaves a pack; so many slow reading down. */
const maxPacks = 40;

/** Settings of git that hold for every command, in place of the user's and the machine's own. */
const gitConfig = `[core]
	hooksPath = /dev/null
	fsmonitor = false
	quotePath = false
[credential]
	helper =
[protocol]
	version = 2
[transfer]
	credentialsInUrl = allow
[http]
	followRedirects = false
	lowSpeedLimit = 500
	lowSpeedTime = 90
[fetch]
	recurseSubmodules = false
	writeCommitGraph = false
[gc]
	auto = 0
[maintenance]
	auto = false
[safe]
	directory = *
`;

/**
 * Fetches the branch of a source into its mirror, made where there is none, and tells its newest commit. Throws
 * SourceError. A mirror that git can't use any more is made anew once.
 */
export async function refreshMirror(request: {
  readonly source: Source;
  readonly settings: GitSettings;
  readonly location: GitLocation;
  readonly cacheFolder: string;
  readonly addressPolicy: AddressPolicy;
  readonly signal: AbortSignal;
}): Promise<Mirror> {
  const { source, settings, location, cacheFolder, signal } = request;
  const where = describeLocation(location);
  const configFile = join(cacheFolder, 'git-config');
  const folder = mirrorFolder(cacheFolder, source);
  try {
    await mkdir(cacheFolder, { recursive: true });
    await writeFile(configFile, gitConfig);
    if (location.kind === 'local') await requireFile(location.path);
    const pinning = location.kind === 'web' ? await pinAddresses(location.url, request.addressPolicy) : [];
    const protocol = location.kind === 'web' ? 'https' : 'file';
    const place: GitPlace = { folder, configFile, protocol, signal };
    const from = location.kind === 'web' ? location.url.href : location.path;
    const fetch = () => fetchBranch(place, [...pinning], { from, branch: settings.branch ?? null });
    let tip: string;
    try {
      await makeMirror(place);
      tip = await fetch();
    } catch (error) {
      if (signal.aborted || !(await isMirrorBroken(place, error))) throw error;
      await rm(folder, { recursive: true, force: true });
      await makeMirror(place);
      tip = await fetch();
    }
    return { place: { ...place, protocol: 'none' }, tip };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw explainSystemFailure(explainFailure(error, where), cacheFolder);
  }
}

/** The folder of a source's mirror: another URL is another mirror. */
export function mirrorFolder(cacheFolder: string, source: Source): string {
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

async function fetchBranch(
  place: GitPlace,
  pinning: readonly string[],
  { from, branch }: { from: string; branch: string | null },
): Promise<string> {
  const name = branch === null ? await findOwnBranch(place, pinning, from) : `refs/heads/${branch}`;
  const target = 'refs/kbalertz/branch';
  await runGit(
    place,
    [
      ...pinning,
      'fetch',
      '--quiet',
      '--force',
      '--no-tags',
      '--no-recurse-submodules',
      '--no-write-fetch-head',
      '--update-shallow',
      '--',
      from,
      `+${name}:${target}`,
    ],
    fetchLimits,
  );
  const tip = (await runGit(place, ['rev-parse', '--verify', `${target}^{commit}`], shortLimits))
    .toString('latin1')
    .trim();
  await foldPacks(place);
  return tip;
}

/** The branch that the repository calls its own; a bundle may name none, then `main`, `master` or its only one. */
async function findOwnBranch(place: GitPlace, pinning: readonly string[], from: string): Promise<string> {
  const output = await runGit(
    place,
    [...pinning, 'ls-remote', '--quiet', '--', from, 'HEAD', 'refs/heads/*'],
    shortLimits,
  );
  const names = output
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\t')[1] ?? '')
    .filter((name) => name !== '');
  const wanted = ['HEAD', 'refs/heads/main', 'refs/heads/master'].find((name) => names.includes(name));
  const found = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (found !== undefined) return found;
  throw new SourceError(
    'no-branch',
    names.length === 0
      ? 'The repository has no branch: there is nothing to read yet.'
      : `The repository does not say which of its ${names.length} branches to read: set the branch.`,
  );
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

async function requireFile(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (cause) {
    throw new SourceError(
      'repository-gone',
      `There is no repository at ${path} (any more). All articles were kept: check its path.`,
      { cause },
    );
  }
}

/**
 * Git's own HTTP client knows no guard against addresses of private networks: the host is resolved here, and git is
 * told to use exactly the addresses that were checked.
 */
async function pinAddresses(url: URL, policy: AddressPolicy): Promise<string[]> {
  const host = bareHost(url.hostname);
  const port = url.port === '' ? 443 : Number(url.port);
  const isNamed = policy.allowedHosts.includes(host) || policy.allowedHosts.includes(`${host}:${port}`);
  if (isNamed || process.env.https_proxy || process.env.HTTPS_PROXY) return [];
  if (!policy.allowedPorts.includes(port)) {
    throw new SourceError('refused', `${host} was not read: port ${port} is not allowed.`);
  }
  const found = await lookup(host, { all: true }).catch((cause: unknown) => {
    throw new SourceError(
      'unreachable',
      `${host} could not be found. All articles were kept: the next scan tries again.`,
      { cause },
    );
  });
  if (found.length === 0 || found.some(({ address }) => !isPublicAddress(address))) {
    throw new SourceError('refused', `${host} was not read: it is not a public address.`);
  }
  const addresses = found.map(({ address, family }) => (family === 6 ? `[${address}]` : address));
  return ['-c', `http.curloptResolve=${host}:${port}:${addresses.join(',')}`];
}

function explainSystemFailure(error: unknown, cacheFolder: string): unknown {
  if (error instanceof SourceError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC') {
    return new SourceError(
      'disk-full',
      'The disk is full, so the repository could not be fetched. Nothing was changed: free some space and scan again.',
      { cause: error },
    );
  }
  if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') {
    return new SourceError(
      'no-cache',
      `The folder for copies of repositories, ${cacheFolder}, can't be written to. Nothing was changed: make it writable and scan again.`,
      { cause: error },
    );
  }
  return error;
}
