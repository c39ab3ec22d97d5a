import { GitFailure, type GitPlace, runGit } from './git-process.ts';
import { decodePath, type FileDifference, isRegularFile } from './tree-differences.ts';

/** All files of a commit, as additions to an empty tree. */
export async function listTree(place: GitPlace, commit: string): Promise<FileDifference[]> {
  const output = await runGit(place, ['ls-tree', '-r', '-z', '--full-tree', commit], {
    timeoutMs: 120_000,
    maxBytes: 400_000_000,
  });
  const files: FileDifference[] = [];
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    const tab = output.indexOf(0x09, start);
    const [mode = '', , blob = ''] = output.toString('latin1', start, tab).split(' ');
    if (isRegularFile(mode)) {
      files.push({ kind: 'added', path: decodePath(output.subarray(tab + 1, end)), from: null, blob });
    }
    start = end + 1;
  }
  return files;
}

/** Files whose text may lead to others: by an include or a redirection. */
export async function findFilesWithReferences(place: GitPlace, commit: string): Promise<string[]> {
  const parameters = [
    'grep',
    '-l',
    '-z',
    '-i',
    '-F',
    '-I',
    '-e',
    '[!include',
    '-e',
    'redirect_url',
    commit,
    '--',
  ];
  try {
    const output = await runGit(place, parameters, { timeoutMs: 300_000, maxBytes: 100_000_000 });
    const prefix = commit.length + 1;
    const paths: string[] = [];
    for (let start = 0; start < output.length; ) {
      const end = output.indexOf(0, start);
      paths.push(decodePath(output.subarray(start + prefix, end)));
      start = end + 1;
    }
    return paths;
  } catch (error) {
    // Status 1 without a word: nothing was found.
    if (error instanceof GitFailure && error.code === 'failed' && error.stderr === '') return [];
    throw error;
  }
}
