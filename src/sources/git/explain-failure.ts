import { SourceError } from '../../knowledge/source.ts';
import { GitFailure } from './git-process.ts';

/** What git says, what it means, and what can be done; in the order in which they are tried. */
const meanings: readonly (readonly [RegExp, string, (where: string) => string])[] = [
  [
    /no space left on device|disk quota exceeded/i,
    'disk-full',
    () =>
      'The disk is full, so the repository could not be fetched. Nothing was changed: free some space and scan again.',
  ],
  [
    /couldn't find remote ref|remote branch .* not found|invalid refspec/i,
    'branch-gone',
    (where) =>
      `The branch is gone from ${where}. All articles were kept: set the branch that has taken its place.`,
  ],
  [
    /repository (?:'[^']*' )?not found|does not appear to be a git repository|invalid gitfile format|does not exist|returned error: (?:404|410)|unable to access .*: The requested URL returned error: 404/i,
    'repository-gone',
    (where) =>
      `There is no repository at ${where} (any more), or it is private. All articles were kept: check its address.`,
  ],
  [
    /could not read (?:Username|Password)|authentication failed|returned error: (?:401|403)|permission denied/i,
    'no-access',
    (where) =>
      `${where} does not exist (any more), or may not be read without signing in. All articles were kept: check its address.`,
  ],
  [
    /redirect|returned error: 30\d/i,
    'redirected',
    (where) =>
      `${where} sends us elsewhere, which is not followed. All articles were kept: set the new address as the source's URL.`,
  ],
  [
    /could not resolve|failed to connect|connection (?:refused|timed out|reset)|couldn't connect|network is unreachable|operation too slow|SSL|certificate|gnutls|timed? ?out|returned error: 5\d\d/i,
    'unreachable',
    (where) => `${where} could not be reached. All articles were kept: the next scan tries again.`,
  ],
  [
    /transport '.*' not allowed|protocol .* (?:not allowed|disabled)/i,
    'refused',
    (where) => `${where} is not fetched: only https and local paths that the operator allows are.`,
  ],
  [
    /early EOF|index-pack|unpack|corrupt|bad object|bad pack|missing|truncated|not our ref|broken|invalid|did not send all necessary objects|unexpected disconnect|prerequisite|unable to read|not a valid/i,
    'damaged',
    (where) =>
      `The repository at ${where} is damaged or incomplete. All articles were kept: repair it, or fetch it anew, and scan again.`,
  ],
];

/** The failure of a git command, or of the disk, as one clear sentence; other errors pass unchanged. */
export function explainFailure(error: unknown, where: string): unknown {
  if (!(error instanceof GitFailure)) return explainSystemFailure(error);
  if (error.code === 'timeout') {
    return new SourceError(
      'unreachable',
      `${where} took too long to answer. All articles were kept: the next scan tries again.`,
      { cause: error },
    );
  }
  if (error.code === 'too-much-output') {
    return new SourceError('too-large', `${where} is larger than is read here. All articles were kept.`, {
      cause: error,
    });
  }
  for (const [pattern, code, sentence] of meanings) {
    if (pattern.test(error.stderr)) return new SourceError(code, sentence(where), { cause: error });
  }
  const said = error.stderr.trim().split('\n').at(-1) ?? '';
  return new SourceError(
    'failed',
    `git could not read ${where}: ${said.slice(0, 300)}. All articles were kept.`,
    { cause: error },
  );
}

function explainSystemFailure(error: unknown): unknown {
  if (error instanceof SourceError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    const sentence =
      'The disk is full, so the repository could not be fetched. Nothing was changed: free some space and scan again.';
    return new SourceError('disk-full', sentence, { cause: error });
  }
  if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') {
    const sentence =
      'The folder for copies of repositories can not be written to. Nothing was changed: make it writable and scan again.';
    return new SourceError('no-cache', `${sentence} (${error.message})`, { cause: error });
  }
  return error;
}
