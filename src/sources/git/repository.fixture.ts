import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asId, type Instant } from '../../knowledge/ids.ts';
import type { Snapshot, Source, SourceReader } from '../../knowledge/source.ts';
import { createGitReader } from './create-git-reader.ts';

/** A small repository in a folder of its own, and a reader of it. */
export type TestRepository = ReturnType<typeof createTestRepository>;

export const now = asId<Instant>(Date.parse('2024-01-01T00:00:00Z'));

export function createTestRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'kbalertz-git-'));
  const work = join(folder, 'work');
  const cacheFolder = join(folder, 'cache');
  mkdirSync(work);
  let hours = 0;
  let commitDate = dateOf(0);

  const git = (...parameters: string[]): string =>
    execFileSync('git', parameters, {
      cwd: work,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'A',
        GIT_AUTHOR_EMAIL: 'a@example.com',
        GIT_COMMITTER_NAME: 'A',
        GIT_COMMITTER_EMAIL: 'a@example.com',
        GIT_COMMITTER_DATE: commitDate,
        GIT_AUTHOR_DATE: dateOf(0),
      },
    }).trim();
  git('init', '-q', '-b', 'main');
  git('config', 'core.autocrlf', 'false');

  const reader = createGitReader({ cacheFolder, isLocalPathAllowed: () => true, clock: { now: () => now } });
  const source = (changes: Partial<Source> = {}): Source => ({
    id: asId(1),
    name: 'kb',
    title: 'A knowledge base',
    kind: 'git',
    url: work,
    settings: {},
    schedule: '17 2 * * *',
    licence: '',
    attribution: '',
    state: 'active',
    createdAt: asId(0),
    ...changes,
  });

  return {
    folder,
    work,
    cacheFolder,
    git,
    reader,
    source,
    /** Writes files and commits them an hour after the last commit; null deletes a file. Returns the commit. */
    commit(files: Record<string, string | Buffer | null>, committedAt?: string): string {
      hours += 1;
      for (const [path, content] of Object.entries(files)) {
        const absolute = join(work, path);
        if (content === null) rmSync(absolute);
        else {
          mkdirSync(dirname(absolute), { recursive: true });
          writeFileSync(absolute, content);
        }
      }
      git('add', '-A');
      commitDate = committedAt ?? dateOf(hours);
      git('commit', '-q', '--allow-empty', '-m', `commit ${hours}`);
      return git('rev-parse', 'HEAD');
    },
    /** All snapshots of one visit. */
    async read(request: Partial<Parameters<SourceReader['readSnapshots']>[0]> = {}): Promise<Snapshot[]> {
      const snapshots: Snapshot[] = [];
      const signal = AbortSignal.timeout(20_000);
      for await (const snapshot of reader.readSnapshots({
        source: source(),
        cursor: null,
        asOf: null,
        depth: 'latest',
        signal,
        ...request,
      })) {
        snapshots.push(snapshot);
      }
      return snapshots;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The time of a repository's n-th commit. */
export function dateOf(hours: number): string {
  return new Date(Date.parse('2023-01-01T00:00:00Z') + hours * 3_600_000).toISOString();
}

export function instantOf(date: string): Instant {
  return asId<Instant>(Date.parse(date));
}

/** An article long enough for git to see that it was renamed. */
export function article(title: string, more = ''): string {
  const lines = Array.from({ length: 12 }, (_, index) => `Line ${index} of ${title} says something.`);
  return `---\ntitle: ${title}\n---\n# ${title}\n\n${lines.join('\n\n')}\n${more}`;
}

export const keysOf = (snapshot: Snapshot | undefined): string[] =>
  (snapshot?.drafts ?? []).map(({ key }) => key).sort();
