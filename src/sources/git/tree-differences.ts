import type { GitPlace } from './git-process.ts';
import { openGitSession } from './git-session.ts';

/** How one file differs between two states. `from` is set for a rename: its path before. */
export type FileDifference = {
  readonly kind: 'added' | 'modified' | 'deleted' | 'renamed';
  readonly path: string;
  readonly from: string | null;
  /** The blob afterwards; null when deleted, or when it is no regular file (a link, a submodule). */
  readonly blob: string | null;
};

export type TreeDifferences = {
  /** What differs between two commits; `before` null: everything that `after` has. */
  compare(before: string | null, after: string): Promise<FileDifference[]>;
  close(): Promise<void>;
};

/** Pairs of deleted and added files that are compared to find renames; more than a bulk move of this size is rare. */
const maxRenamePairs = 4000;
/** Begins with no digit of a commit's id. */
const marker = 'shown';
const nul = 0;
const lineFeed = 0x0a;

/** One `git diff-tree` for all pairs of commits of a scan, renames found as git finds them. */
export function openTreeDifferences(place: GitPlace): TreeDifferences {
  const session = openGitSession(place, [
    'diff-tree',
    '--stdin',
    '-r',
    '-z',
    '--raw',
    '-M',
    `-l${maxRenamePairs}`,
    '--no-abbrev',
    '--root',
    '--no-ext-diff',
  ]);
  const { answers } = session;
  return {
    async compare(before, after) {
      // A line that names no commit is sent back and flushed: it marks the end of the answer.
      session.ask(`${before === null ? after : `${after} ${before}`}\n${marker}\n`);
      const differences: FileDifference[] = [];
      for (;;) {
        if ((await answers.peek()) === marker.charCodeAt(0)) {
          const line = (await answers.readUntil(lineFeed)).toString('latin1');
          if (line === marker) return differences;
          throw new Error(`git diff-tree answered "${line.slice(0, 100)}"`);
        }
        const head = (await answers.readUntil(nul)).toString('latin1');
        if (!head.startsWith(':')) continue; // the commit's own id
        const [, mode = '', , blob = '', status = ''] = head.split(' ');
        const first = decodePath(await answers.readUntil(nul));
        const isPair = status.startsWith('R') || status.startsWith('C');
        const path = isPair ? decodePath(await answers.readUntil(nul)) : first;
        differences.push({
          kind: kindOf(status),
          path,
          from: status.startsWith('R') ? first : null,
          blob: status !== 'D' && isRegularFile(mode) ? blob : null,
        });
      }
    },
    close: session.close,
  };
}

function kindOf(status: string): FileDifference['kind'] {
  if (status.startsWith('R')) return 'renamed';
  if (status.startsWith('A') || status.startsWith('C')) return 'added';
  return status.startsWith('D') ? 'deleted' : 'modified';
}

export function isRegularFile(mode: string): boolean {
  return mode === '100644' || mode === '100755' || mode === '100664';
}

/** Paths are bytes to git; one that is no UTF-8 keeps a name by which it can be told from others. */
export function decodePath(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') && !Buffer.from(text, 'utf8').equals(bytes)
    ? bytes.toString('latin1')
    : text;
}
