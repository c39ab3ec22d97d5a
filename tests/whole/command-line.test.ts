import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProgramRun, runProgram } from './run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'kbalertz-cli-'));
const repository = join(folder, 'kb');
const env = { KBALERTZ_LOCAL_SOURCES: folder };
const run = (...args: string[]) => runProgram([...args, '--data', join(folder, 'data')], env);
const json = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await succeed(...args, '--json')).out) as T; // its shape is what is tested

beforeAll(() => {
  git('init', '--quiet', '--initial-branch=main', repository);
  commit('2026-01-01T10:00:00Z', {
    'exchange/mail-stuck.md': article(
      'Mail is stuck in the outbox',
      'Exchange Online',
      'Restart the transport service.',
    ),
    'exchange/no-answer.md': article('The server does not answer', 'Exchange Server 2019', 'Open port 25.'),
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the command line', () => {
  test('takes a source from its first scan to a digest', async () => {
    await succeed('source', 'add', 'kb', '--kind', 'git', '--url', repository);
    const [first] = await json<{ state: string; baseline: boolean; counts: object }[]>('scan');
    expect(first).toMatchObject({ state: 'done', baseline: true, counts: { created: 2 } });

    await succeed(
      'subscribe',
      'ada@example.org',
      '--technology',
      'Exchange Online',
      '--vouched',
      '--now',
      '2026-01-02T00:00:00Z',
    );
    commit('2026-01-02T10:00:00Z', {
      'exchange/mail-stuck.md': article(
        'Mail is stuck in the outbox',
        'Exchange Online',
        'Run `Restart-Service MSExchangeTransport -Force`, then run `Test-Mailflow`.',
      ),
    });
    const [second] = await json<{ state: string; counts: object }[]>('scan');
    expect(second).toMatchObject({ state: 'done', counts: { 'revised-material': 1 } });
    const [third] = await json<{ state: string }[]>('scan');
    expect(third).toMatchObject({ state: 'unchanged' });

    const tomorrow = new Date(Date.now() + 26 * 3_600_000).toISOString();
    expect(await json('digest', 'plan', '--now', tomorrow)).toMatchObject({ digests: 1 });
    expect(await json('digest', 'plan', '--now', tomorrow)).toMatchObject({ digests: 0 });
    expect(await json('digest', 'send', '--now', tomorrow)).toMatchObject({ accepted: 1, failed: 0 });
    expect(await json('digest', 'send', '--now', tomorrow)).toMatchObject({ accepted: 0 });
  });

  test('shows articles, changes, sources and users to people and to machines', async () => {
    expect((await succeed('article', 'show', 'exchange/mail-stuck.md')).out).toContain('Test-Mailflow');
    expect((await succeed('article', 'show', '1', '--revision', '1')).out).toContain('Revision      1 of 2');
    expect((await succeed('changes', '--least', 'material')).out).toContain('Mail is stuck in the outbox');
    expect(await json('changes', '--technology', 'Exchange Server 2019')).toHaveLength(1);
    expect(await json('source', 'list')).toMatchObject([{ name: 'kb', lastScan: { state: 'unchanged' } }]);
    expect(await json('user', 'list')).toMatchObject([
      { address: 'ada@example.org', isConfirmed: true, subscriptions: 1 },
    ]);
    expect(await json('user', 'export', 'ada@example.org')).toMatchObject({
      account: { address: 'ada@example.org' },
    });
  });

  test('signs somebody out, revokes their tokens and forgets their passkeys', async () => {
    await succeed('token', 'create', 'ada@example.org', '--name', 'a program', '--scope', 'read');
    expect(await json('user', 'sign-out', 'ada@example.org')).toMatchObject({ sessions: 0, apiTokens: 1 });
    expect(await json('token', 'list', 'ada@example.org')).toMatchObject([{ state: 'revoked' }]);
    expect((await succeed('user', 'forget-passkeys', 'ada@example.org')).out).toContain('has no passkey');
    expect((await succeed('audit')).out).toContain('access.ended');
  });

  test('shows a source as it stood on a date', async () => {
    await succeed('source', 'add', 'past', '--kind', 'git', '--url', repository);
    const [scan] = await json<{ counts: object }[]>('scan', 'past', '--as-of', '2026-01-01');
    expect(scan).toMatchObject({ counts: { created: 2 } });
    const [later] = await json<{ counts: object }[]>('scan', 'past', '--as-of', '2026-01-03');
    expect(later).toMatchObject({ counts: { 'revised-material': 1 } });
  });

  test('forgets a source with all that belongs to it', async () => {
    expect(await json('source', 'remove', 'past', '--yes')).toMatchObject({ articles: 2 });
    expect((await run('source', 'remove', 'past', '--yes')).err).toContain('There is no source "past"');
  });

  test('copies everything while in use and puts it back', async () => {
    const copy = join(folder, 'copy.sqlite');
    await succeed('backup', copy);
    expect(existsSync(copy)).toBe(true);
    await succeed('user', 'remove', 'ada@example.org', '--yes');
    expect(await json('user', 'list')).toEqual([]);
    await succeed('restore', copy);
    expect(await json('user', 'list')).toHaveLength(1);
    expect(await refuse('backup', copy)).toContain('exists already');
    const broken = join(folder, 'broken.sqlite');
    writeFileSync(broken, 'no database');
    expect(await refuse('restore', broken)).toMatch(/^kbalertz: /m);
    expect(await json('user', 'list')).toHaveLength(1);
  });
});

describe('what goes wrong', () => {
  test.each([
    [['scan', 'nobody'], 'There is no source "nobody"', 1],
    [['article', 'show', 'KB1'], 'No article is known as "KB1"', 1],
    [['subscribe', 'ada', '--technology', 'Exchange Online'], '@', 2],
    [['subscribe', 'ada@example.org', '--technology', 'Nothing At All Of That Name'], 'No technology', 1],
    [['source', 'add', 'Bad Name', '--kind', 'git', '--url', 'https://example.org'], 'is no name', 2],
    [
      ['source', 'add', 'x', '--kind', 'git', '--url', 'https://example.org', '--schedule', 'soon'],
      'soon',
      2,
    ],
    [['source', 'add', 'x', '--kind', 'gopher', '--url', 'https://example.org'], 'Allowed choices', 2],
    [['scan', '--as-of', 'yesterday'], '2021-06-01', 2],
    [['changes', '--limit', '0'], '1 to 10000', 2],
    [['frobnicate'], 'unknown command', 2],
    [['user', 'show', 'nobody@example.org'], 'There is no account', 1],
  ])('%j ends in one sentence', async (args, sentence, exitCode) => {
    const result = await run(...args);
    expect(result.err).toContain(sentence);
    expect(result.err).not.toMatch(/^\s+at /m);
    expect(result.exitCode).toBe(exitCode);
  });

  test.each([
    ['a repository that is gone', () => join(folder, 'gone')],
    ['a local path that the operator did not allow', () => '/etc'],
    ['a transport that is not https', () => 'ext::sh -c touch% /tmp/pwned'],
    ['an option in the place of a URL', () => '--upload-pack=touch /tmp/pwned'],
  ])('%s fails its scan and nothing else', async (_name, url) => {
    await run('source', 'remove', 'bad', '--yes');
    const added = await run('source', 'add', 'bad', '--kind', 'git', `--url=${url()}`);
    const scanned = added.exitCode === 0 ? await run('scan', 'bad') : added;
    expect(scanned.exitCode).toBeGreaterThan(0);
    expect(scanned.err + scanned.out).not.toMatch(/^\s+at /m);
    expect(existsSync('/tmp/pwned')).toBe(false);
    if (added.exitCode === 0) {
      expect((await run('doctor')).out).toContain('bad could not be scanned');
    }
  });

  test('a folder that cannot be made is named', async () => {
    const result = await runProgram(['source', 'list', '--data', '/proc/kbalertz']);
    expect(result.exitCode).toBe(1);
    expect(result.err).toContain('/proc/kbalertz');
  });
});

async function succeed(...args: string[]): Promise<ProgramRun> {
  const result = await run(...args);
  expect(result, `${args.join(' ')}: ${result.err}`).toMatchObject({ exitCode: 0 });
  return result;
}

async function refuse(...args: string[]): Promise<string> {
  const result = await run(...args);
  expect(result.exitCode).toBe(1);
  return result.err;
}

function article(title: string, appliesTo: string, fix: string): string {
  return `---\ntitle: ${title}\ndescription: What to do when it happens.\nms.date: 01/01/2026\nappliesto:\n  - ${appliesTo}\n---\n\n# ${title}\n\n## Symptoms\n\nNothing moves.\n\n## Resolution\n\n1. ${fix}\n`;
}

function commit(date: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  git('-C', repository, 'add', '--all');
  const vendor = ['-c', 'user.name=Vendor', '-c', 'user.email=vendor@example.org'];
  const { status, stderr } = spawnSync(
    'git',
    ['-C', repository, ...vendor, 'commit', '--quiet', '--message=edit'],
    {
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
}

function git(...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
