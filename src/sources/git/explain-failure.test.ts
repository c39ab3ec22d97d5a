import { expect, test } from 'vitest';
import { SourceError } from '../../knowledge/source.ts';
import { explainFailure } from './explain-failure.ts';
import { GitFailure } from './git-process.ts';

test.each([
  ["fatal: unable to access 'https://x.y/': Could not resolve host: x.y", 'unreachable'],
  [
    "fatal: unable to access 'https://x.y/': Failed to connect to x.y port 443 after 1 ms: Couldn't connect to server",
    'unreachable',
  ],
  [
    "fatal: unable to access 'https://x.y/': SSL certificate problem: unable to get local issuer certificate",
    'unreachable',
  ],
  ["fatal: unable to access 'https://x.y/': The requested URL returned error: 503", 'unreachable'],
  ["fatal: unable to access 'https://x.y/': The requested URL returned error: 301", 'redirected'],
  ["fatal: unable to access 'https://x.y/': The requested URL returned error: 403", 'no-access'],
  ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'no-access'],
  ["fatal: repository 'https://x.y/' not found", 'repository-gone'],
  [
    "fatal: '/x' does not appear to be a git repository\nfatal: Could not read from remote repository.",
    'repository-gone',
  ],
  ["fatal: couldn't find remote ref refs/heads/live", 'branch-gone'],
  ['fatal: write error: No space left on device\nfatal: index-pack failed', 'disk-full'],
  ['fatal: early EOF\nfatal: fetch-pack: invalid index-pack output', 'damaged'],
  ['error: Repository lacks these prerequisite commits:', 'damaged'],
  ["fatal: transport 'file' not allowed", 'refused'],
  ['fatal: something that nobody has seen', 'failed'],
])('"%s" is explained as %s', (stderr, code) => {
  const explained = explainFailure(new GitFailure('failed', 'fetch', stderr), 'https://x.y/');
  if (!(explained instanceof SourceError)) throw new Error('not explained');
  expect(explained.code).toBe(code);
  expect(explained.message).toMatch(/kept|Nothing was changed|not fetched/);
  expect(explained.cause).toBeInstanceOf(GitFailure);
});

test('what took too long or was too much is explained too, and other errors pass', () => {
  expect(explainFailure(new GitFailure('timeout', 'fetch', ''), 'x')).toMatchObject({ code: 'unreachable' });
  expect(explainFailure(new GitFailure('too-much-output', 'log', ''), 'x')).toMatchObject({
    code: 'too-large',
  });
  const other = new Error('other');
  expect(explainFailure(other, 'x')).toBe(other);
});
