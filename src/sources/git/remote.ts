import { lookup } from 'node:dns/promises';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceError } from '../../knowledge/source.ts';
import { type AddressPolicy, bareHost, isPublicAddress } from '../http/check-address.ts';
import type { GitLocation } from './git-location.ts';
import { type GitPlace, runGit } from './git-process.ts';

/** A source's repository where the vendor keeps it, ready to be asked. */
export type Remote = {
  /** Where git runs; the repository's own transport is allowed. */
  readonly place: GitPlace;
  readonly from: string;
  /** Options that bind git to the addresses that were checked. */
  readonly pinning: readonly string[];
  /** A bundle is one file: its copy can be made again at any time. */
  readonly isBundle: boolean;
};

/** A branch of a remote repository and the commit it stands at. */
export type RemoteBranch = { readonly name: string; readonly tip: string };

const limits = { timeoutMs: 60_000, maxBytes: 50_000_000 };

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

/** Checks where the repository is and prepares git for it. Throws SourceError. */
export async function openRemote(request: {
  readonly location: GitLocation;
  readonly cacheFolder: string;
  readonly addressPolicy: AddressPolicy;
  readonly signal: AbortSignal;
}): Promise<Remote> {
  const { location, cacheFolder, addressPolicy, signal } = request;
  const configFile = await writeConfig(cacheFolder);
  if (location.kind === 'local') {
    const place: GitPlace = { folder: cacheFolder, configFile, protocol: 'file', signal };
    return { place, from: location.path, pinning: [], isBundle: await isFile(location.path) };
  }
  const pinning = await pinAddresses(location.url, addressPolicy);
  const place: GitPlace = { folder: cacheFolder, configFile, protocol: 'https', signal };
  return { place, from: location.url.href, pinning, isBundle: false };
}

/** Written whole or not at all: another process may be about to read it. */
async function writeConfig(cacheFolder: string): Promise<string> {
  const path = join(cacheFolder, 'git-config');
  const written = await readFile(path, 'utf8').catch(() => '');
  if (written === gitConfig) return path;
  await mkdir(cacheFolder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, gitConfig);
  await rename(draft, path);
  return path;
}

/**
 * Asks for the branch, or for the one that the repository calls its own; a bundle may name none, then `main`,
 * `master` or its only one. Throws SourceError or GitFailure.
 */
export async function findBranch(remote: Remote, branch: string | null): Promise<RemoteBranch> {
  const { place, pinning, from } = remote;
  const patterns = branch === null ? ['HEAD', 'refs/heads/*'] : [`refs/heads/${branch}`];
  const output = await runGit(place, [...pinning, 'ls-remote', '--quiet', '--', from, ...patterns], limits);
  const tips = new Map<string, string>();
  for (const line of output.toString('utf8').split('\n')) {
    const [tip = '', name = ''] = line.split('\t');
    if (name !== '') tips.set(name, tip);
  }
  const wanted =
    branch === null ? ['HEAD', 'refs/heads/main', 'refs/heads/master'] : [`refs/heads/${branch}`];
  const name =
    wanted.find((each) => tips.has(each)) ??
    (branch === null && tips.size === 1 ? [...tips.keys()][0] : undefined);
  const tip = name === undefined ? undefined : tips.get(name);
  if (name !== undefined && tip !== undefined) return { name, tip };
  if (branch !== null) {
    throw new SourceError(
      'branch-gone',
      `The branch "${branch}" is gone. All articles were kept: set the branch that has taken its place.`,
    );
  }
  throw new SourceError(
    'no-branch',
    tips.size === 0
      ? 'The repository has no branch: there is nothing to read yet.'
      : `The repository does not say which of its ${tips.size} branches to read: set the branch.`,
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
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
