import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SourceError } from '../../knowledge/source.ts';
import { createGitReader } from './create-git-reader.ts';
import { article, createTestRepository, keysOf, now, type TestRepository } from './repository.fixture.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = createTestRepository();
});
afterEach(() => repository.remove());

/** One sentence or two that tell what happened and what to do, and nothing of git's own talk. */
async function expectProblem(reading: Promise<unknown>, code: string): Promise<string> {
  const error = await reading.then(
    () => null,
    (failure: unknown) => failure,
  );
  if (!(error instanceof SourceError)) throw error ?? new Error('it was read');
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^\S.*[.]$/);
  expect(error.message).not.toMatch(/fatal:|error:|\n/);
  return error.message;
}

describe('a repository', () => {
  test('that is gone, or is none', async () => {
    repository.commit({ 'a.md': 'x' });
    await repository.read();
    rmSync(repository.work, { recursive: true });
    expect(await expectProblem(repository.read(), 'repository-gone')).toContain('All articles were kept');
    mkdirSync(repository.work);
    await expectProblem(repository.read(), 'repository-gone');
    writeFileSync(join(repository.folder, 'file'), 'no bundle');
    await expectProblem(
      repository.read({ source: repository.source({ url: join(repository.folder, 'file') }) }),
      'repository-gone',
    );
  });

  test('whose branch is gone, or that has none', async () => {
    await expectProblem(repository.read(), 'no-branch');
    repository.commit({ 'a.md': 'x' });
    await expectProblem(
      repository.read({ source: repository.source({ settings: { branch: 'live' } }) }),
      'branch-gone',
    );
    repository.git('checkout', '-q', '-b', 'live');
    expect(
      await repository.read({ source: repository.source({ settings: { branch: 'live' } }) }),
    ).toHaveLength(1);
  });

  test('in a bundle, whole or truncated', async () => {
    repository.commit({ 'a.md': article('A'), 'big.md': 'x'.repeat(100_000) });
    const bundle = join(repository.folder, 'kb.bundle');
    repository.git('bundle', 'create', '-q', bundle, 'main');
    const source = repository.source({ url: bundle });
    expect(keysOf((await repository.read({ source }))[0])).toEqual(['a.md', 'big.md']);
    const [{ proof: cursor } = { proof: '' }] = await repository.read({ source, depth: 'history' });
    expect(readdirSync(repository.cacheFolder)).toEqual(['git-config']);
    expect(await repository.read({ source, cursor })).toEqual([]);
    expect(readdirSync(repository.cacheFolder)).toEqual(['git-config']);
    truncateSync(bundle, 300);
    await expectProblem(repository.read({ source }), 'damaged');
  });

  test('that is a shallow clone shows what it has', async () => {
    repository.commit({ 'a.md': article('A') });
    repository.commit({ 'b.md': article('B') });
    const shallow = join(repository.folder, 'shallow');
    repository.git('clone', '-q', '--depth', '1', `file://${repository.work}`, shallow);
    const snapshots = await repository.read({
      source: repository.source({ url: shallow }),
      depth: 'history',
    });
    expect(snapshots.map(keysOf)).toEqual([['a.md', 'b.md']]);
  });

  test('that lacks objects', async () => {
    repository.commit({ 'a.md': article('A') });
    const blob = repository.git('rev-parse', 'HEAD:a.md');
    rmSync(join(repository.work, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
    await expectProblem(repository.read(), 'damaged');
  });
});

describe('the copy that is kept', () => {
  const mirror = () =>
    join(
      repository.cacheFolder,
      readdirSync(repository.cacheFolder).find((name) => name.endsWith('.git')) ?? '',
    );

  test('is fetched anew when it was damaged or left locked', async () => {
    repository.commit({ 'a.md': article('A') });
    await repository.read();
    writeFileSync(join(mirror(), 'refs/kbalertz/branch.lock'), '');
    repository.commit({ 'b.md': article('B') });
    expect(keysOf((await repository.read())[0])).toEqual(['a.md', 'b.md']);
    for (const name of readdirSync(join(mirror(), 'objects/pack'))) {
      chmodSync(join(mirror(), 'objects/pack', name), 0o600);
      truncateSync(join(mirror(), 'objects/pack', name), 20);
    }
    repository.commit({ 'c.md': article('C') });
    expect(keysOf((await repository.read())[0])).toEqual(['a.md', 'b.md', 'c.md']);
  });

  test('is dropped when a content is missing from it, so that the next scan can read it', async () => {
    repository.commit({ 'a.md': article('A') });
    await repository.read();
    const blob = repository.git('rev-parse', 'HEAD:a.md');
    const packs = join(mirror(), 'objects/pack');
    for (const name of readdirSync(packs).filter((each) => each.endsWith('.pack'))) {
      const pack = readFileSync(join(packs, name));
      rmSync(packs, { recursive: true });
      mkdirSync(packs);
      execFileSync('git', ['unpack-objects', '-q'], { cwd: mirror(), input: pack });
    }
    const loose = join(mirror(), 'objects', blob.slice(0, 2), blob.slice(2));
    if (existsSync(loose)) rmSync(loose);
    await expectProblem(repository.read(), 'damaged');
    expect(keysOf((await repository.read())[0])).toEqual(['a.md']);
  });

  test('can be deleted', async () => {
    repository.commit({ 'a.md': 'x' });
    await repository.read();
    await repository.reader.forget(repository.source());
    expect(readdirSync(repository.cacheFolder).filter((name) => name.endsWith('.git'))).toEqual([]);
  });
});

describe('a location', () => {
  const refused = async (url: string, settings: Record<string, unknown> = {}) =>
    repository.read({ source: repository.source({ url, settings }) });

  test.each([
    'http://example.com/x.git',
    'git://example.com/x',
    'ssh://git@example.com/x',
    'git@example.com:x/y.git',
    'ext::sh -c touch% /tmp/pwned',
    'fd::17',
    'ftp://example.com/x',
    '--upload-pack=touch /tmp/pwned',
    '-u',
    'file://other-host/x',
    '',
    'x\ny',
    'host:path',
  ])('"%s" is refused', async (url) => {
    await expectProblem(refused(url), 'refused');
  });

  test.each([
    'https://127.0.0.1/x.git',
    'https://[::1]/x.git',
    'https://localhost/x.git',
    'https://169.254.169.254/x',
    'https://0x7f.1/x',
    'https://10.0.0.1:8443/x',
  ])('%s is refused: it is not on the public web', async (url) => {
    await expectProblem(refused(url), 'refused');
  });

  test('on this machine is refused where the operator does not allow it, also behind a link', async () => {
    repository.commit({ 'a.md': 'x' });
    const open = join(repository.folder, 'open');
    mkdirSync(open);
    symlinkSync(repository.work, join(open, 'link'));
    const reader = createGitReader({
      cacheFolder: repository.cacheFolder,
      isLocalPathAllowed: (path) => path.startsWith(open),
      clock: { now: () => now },
    });
    for (const url of [
      repository.work,
      `file://${repository.work}`,
      join(open, 'link'),
      join(open, '../work'),
    ]) {
      const reading = reader
        .readSnapshots({
          source: repository.source({ url }),
          cursor: null,
          asOf: null,
          depth: 'latest',
          signal: AbortSignal.timeout(10_000),
        })
        [Symbol.asyncIterator]()
        .next();
      await expectProblem(reading, 'refused');
    }
  });

  test.each(['--upload-pack=x', '-x', 'a..b', 'a b', 'a:b', 'a^', 'a~1', 'x.lock', '/a', 'a/', '@{u}', ''])(
    'the branch "%s" is refused',
    async (branch) => {
      repository.commit({ 'a.md': 'x' });
      await expectProblem(refused(repository.work, { branch }), 'bad-settings');
    },
  );

  test('folders outside of the repository are refused', async () => {
    await expectProblem(refused(repository.work, { include: ['../x'] }), 'bad-settings');
  });
});

describe('what git would do by itself', () => {
  test('run hooks, follow the environment, take the configuration of a user: none of it happens', async () => {
    repository.commit({ 'a.md': article('A') });
    const trap = join(repository.folder, 'sprung');
    for (const hook of ['post-checkout', 'reference-transaction', 'post-upload-pack', 'pre-receive']) {
      const path = join(repository.work, '.git/hooks', hook);
      mkdirSync(join(repository.work, '.git/hooks'), { recursive: true });
      writeFileSync(path, `#!/bin/sh\ntouch ${trap}\n`);
      chmodSync(path, 0o755);
    }
    repository.git('config', 'uploadpack.packObjectsHook', `touch ${trap}; git`);
    repository.git('config', 'core.fsmonitor', `touch ${trap}`);
    const saved = { ...process.env };
    process.env.GIT_DIR = '/nonexistent';
    process.env.GIT_CONFIG_COUNT = '1';
    process.env.GIT_CONFIG_KEY_0 = 'core.hooksPath';
    process.env.GIT_CONFIG_VALUE_0 = join(repository.work, '.git/hooks');
    process.env.GIT_EXTERNAL_DIFF = `touch ${trap}`;
    process.env.GIT_SSH_COMMAND = `touch ${trap}`;
    try {
      expect(await repository.read({ depth: 'history' })).toHaveLength(1);
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
    }
    expect(existsSync(trap)).toBe(false);
  });

  test('ends with the signal', async () => {
    repository.commit({ 'a.md': 'x' });
    repository.commit({ 'a.md': 'y' });
    const stop = new AbortController();
    const snapshots = repository.reader.readSnapshots({
      source: repository.source(),
      cursor: null,
      asOf: null,
      depth: 'history',
      signal: stop.signal,
    });
    const reason = new Error('shutting down');
    const reading = (async () => {
      for await (const _snapshot of snapshots) stop.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
  });
});

describe('a file', () => {
  test('that is no article text is passed over or repaired with one sentence, the rest is read', async () => {
    repository.commit({
      'good.md': 'good',
      'binary.md': Buffer.from([0x47, 0, 1, 2, 255]),
      'latin.md': Buffer.from('caf\xe9', 'latin1'),
      'utf16.md': Buffer.from('\uFEFFsixteen', 'utf16le'),
      'bom.md': '\uFEFFwith a mark',
      'huge.md': Buffer.alloc(50_000_001, 0x61),
      'empty.md': '',
    });
    const [whole] = await repository.read();
    expect(
      Object.fromEntries((whole?.drafts ?? []).map(({ key, published }) => [key, published.text])),
    ).toEqual({
      'good.md': 'good',
      'latin.md': 'caf\uFFFD',
      'utf16.md': 'sixteen',
      'bom.md': '\uFEFFwith a mark',
      'empty.md': '',
    });
    expect(whole?.warnings.toSorted()).toEqual([
      'binary.md was passed over: it is no text.',
      'huge.md was passed over: it has 50.0 MB, more than an article.',
      'latin.md is not all UTF-8: what could not be read is shown as \uFFFD.',
    ]);
  });

  test('may have any name', async () => {
    const names = [
      'with space.md',
      'a"b.md',
      "it's.md",
      'tab\there.md',
      'line\nbreak.md',
      '-dash.md',
      'ünï/文.md',
      ':colon.md',
      'end.md',
      'a\\b.md',
      'shown.md',
      '😀.md',
    ];
    const first = repository.commit(Object.fromEntries(names.map((name) => [name, article(name)])));
    expect(keysOf((await repository.read())[0])).toEqual([...names].sort());
    repository.commit(Object.fromEntries(names.map((name) => [name, article(name, 'x')])));
    expect(keysOf((await repository.read({ cursor: first }))[0])).toEqual([...names].sort());
  });

  test('whose name was written as git prints it is still an article, of its real folder', async () => {
    repository.commit({ '"Mail/can\\342\\200\\231t-open.md"': '# x' });
    const [whole] = await repository.read({
      source: repository.source({ settings: { pageUrls: { Mail: 'https://x.y/mail' } } }),
    });
    expect(whole?.drafts).toMatchObject([
      {
        key: '"Mail/can\\342\\200\\231t-open.md"',
        placeTechnologies: ['Mail'],
        url: 'https://x.y/mail/can%E2%80%99t-open',
      },
    ]);
  });

  test('whose name is no UTF-8 has one of its own', async () => {
    const path = Buffer.concat([
      Buffer.from(`${repository.work}/caf`),
      Buffer.from([0xe9]),
      Buffer.from('.md'),
    ]);
    writeFileSync(path, 'x');
    repository.commit({ 'a.md': 'y' });
    expect(keysOf((await repository.read())[0])).toEqual(['a.md', 'caf\u00e9.md']);
  });

  test('that is a link or a submodule is none', async () => {
    repository.commit({ 'a.md': article('A') });
    symlinkSync('/etc/passwd', join(repository.work, 'link.md'));
    repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${repository.git('rev-parse', 'HEAD')},module.md`,
    );
    const before = repository.git('rev-parse', 'HEAD');
    repository.git('add', 'link.md');
    repository.git('commit', '-q', '-m', 'links');
    expect(keysOf((await repository.read())[0])).toEqual(['a.md']);
    expect(keysOf((await repository.read({ cursor: before }))[0])).toEqual([]);
    rmSync(join(repository.work, 'a.md'));
    symlinkSync('/etc/passwd', join(repository.work, 'a.md'));
    repository.git('add', '-A');
    repository.git('commit', '-q', '-m', 'a link now');
    expect((await repository.read({ cursor: before }))[0]).toMatchObject({
      drafts: [],
      vanished: [{ key: 'a.md' }],
    });
  });
});
