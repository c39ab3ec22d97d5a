import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadScriptRuntimes, loadShippedRemedies } from '../../src/entry/remedies.ts';
import { compileCmd } from '../../src/remedies/compile-cmd.ts';
import { planRemedy } from '../../src/remedies/plan.ts';
import { quoteCmd } from '../../src/remedies/quoting.ts';
import { type RemedyMode, remedySchema } from '../../src/remedies/remedy.ts';
import { createWine, isWineThere } from '../factories/wine.ts';
import { isFull } from '../sizes.ts';

if (!isWineThere) {
  const reason = 'needs Wine: apt-get install --no-install-recommends wine wine64';
  test.skip(`.cmd remedies (${reason})`, () => {});
  if (process.env.CI) test('Wine is there in CI', () => expect.fail(reason));
}

/** Each start of a program under Wine takes seconds; the others show the same of fewer steps. */
const atFullLength = test.runIf(isFull);

describe.runIf(isWineThere)('.cmd remedies under Wine', async () => {
  const runtimes = await loadScriptRuntimes();
  const shipped = await loadShippedRemedies();
  const compile = (id: string, mode: RemedyMode) => {
    const remedy = shipped.find((one) => one.id === id);
    if (remedy === undefined) throw new Error(`no remedy ${id}`);
    return compileCmd(planRemedy(remedy, mode), runtimes.cmd);
  };
  let wine: ReturnType<typeof createWine>;
  let root = '';
  const run = (script: string, ...options: string[]) =>
    wine.runCmd(script, options, {
      KBALERTZ_ROOT: wine.seenAs(join(root, 'root')),
      KBALERTZ_STATE: wine.seenAs(join(root, 'state')),
    });
  const stateOf = (service: string) =>
    /: (\d) /.exec(wine.run('sc', 'query', service).out.split('\n')[2] ?? '')?.[1];
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, 'root', path)), { recursive: true });
    writeFileSync(join(root, 'root', path), text);
  };

  beforeAll(() => {
    wine = createWine();
  });
  afterAll(() => wine?.remove());
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kbalertz-windows-'));
    put('Windows/SoftwareDistribution/ReportingEvents.log', 'what happened\r\n');
    put('Windows/SoftwareDistribution/DataStore/Data Store.edb', 'the history');
    put('Windows/System32/catroot2/edb.chk', 'catalogues');
    put('ProgramData/Microsoft/Network/Downloader/qmgr0.dat', 'queue');
    put('ProgramData/Microsoft/Network/Downloader/other.txt', 'not of the queue');
    put('Windows/System32/spool/PRINTERS/00001.SPL', 'job');
    put('Windows/System32/spool/PRINTERS/0000 (2) & co.shd', 'job');
    put('Windows/System32/spool/PRINTERS/keep.txt', 'no job');
    return () => rmSync(root, { recursive: true, force: true });
  });

  atFullLength('the store of Windows Update is reset and put back, services and all', () => {
    const script = compile('windows-update-store', 'aggressive');
    wine.run('sc', 'start', 'wuauserv');
    expect(stateOf('wuauserv')).toBe('4');
    const before = listTree(join(root, 'root'));

    const dry = run(script, '-WhatIf');
    expect(dry, dry.out).toMatchObject({ exitCode: 0 });
    expect(listTree(root)).toEqual(before.map((line) => `/root${line}`));

    const done = run(script);
    expect(done, done.out).toMatchObject({ exitCode: 0 });
    expect(done.out).toContain('STATE: new');
    const after = listTree(join(root, 'root'));
    expect(after.filter((line) => line.startsWith('/Windows/SoftwareDistribution/'))).toEqual(
      before.filter((line) => line.includes('ReportingEvents.log')),
    );
    expect(after.some((line) => /SoftwareDistribution\.kbalertz-1-\d+\/DataStore/.test(line))).toBe(true);
    expect(after.some((line) => line.startsWith('/Windows/System32/catroot2/'))).toBe(false);
    expect(after.some((line) => line.startsWith('/ProgramData/Microsoft/Network/Downloader/other.txt'))).toBe(
      true,
    );
    expect(stateOf('wuauserv')).toBe('4');

    const undone = run(script, '-Undo');
    expect(undone, undone.out).toMatchObject({ exitCode: 0 });
    expect(listTree(join(root, 'root'))).toEqual(before);
    expect(run(script, '-Undo').out).toContain('There is no run of this script to take back');
  });

  test('the print queue is emptied, with names that cmd could stumble over, and filled again', () => {
    const script = compile('print-queue', 'default');
    const before = listTree(join(root, 'root'));
    const done = run(script);
    expect(done, done.out).toMatchObject({ exitCode: 0 });
    const queue = () => readdirSync(join(root, 'root/Windows/System32/spool/PRINTERS'));
    expect(queue()).toEqual(['keep.txt']);
    const undone = run(script, '--undo');
    expect(undone, undone.out).toMatchObject({ exitCode: 0 });
    expect(listTree(join(root, 'root'))).toEqual(before);
  });

  test('a step that fails takes everything back, and says so', () => {
    const remedy = remedySchema.parse({
      id: 'fails-late',
      title: 'Fails late',
      summary: 'x',
      article: { source: 'starter', key: 'x.md', revision: 1 },
      platforms: ['windows'],
      needs: { administrator: true, minutes: 1 },
      steps: [
        { do: 'stop-service', service: 'Spooler' },
        { do: 'move-aside', path: '{windows}\\SoftwareDistribution' },
        { do: 'make-folder', path: '{windows}\\SoftwareDistribution' },
        { do: 'move-contents-aside', path: '{system32}\\spool\\PRINTERS', matching: ['*.spl'] },
        { do: 'move-aside', path: '{windows}\\not there' },
        { do: 'start-service', service: 'Spooler' },
      ],
      verify: [{ is: 'service-running', service: 'Spooler' }],
    });
    wine.run('sc', 'start', 'Spooler');
    const before = listTree(join(root, 'root'));
    const script = compileCmd(planRemedy(remedy, 'default'), runtimes.cmd);
    const failed = run(script);
    expect(failed, failed.out).toMatchObject({ exitCode: 2 });
    expect(failed.out).toContain('Step 5 failed');
    expect(failed.out).toContain('STATE: old');
    expect(listTree(join(root, 'root'))).toEqual(before);
    expect(stateOf('Spooler')).toBe('4');

    const kept = run(script, '-Keep');
    expect(kept, kept.out).toMatchObject({ exitCode: 3 });
    expect(kept.out).toContain('new before step 5');
    expect(run(script).out).toContain('An earlier run did not end');
    expect(run(script, '-Undo')).toMatchObject({ exitCode: 0 });
    expect(listTree(join(root, 'root'))).toEqual(before);
  });

  atFullLength('registry values are set, removed and put back', () => {
    const key = 'HKCU\\Software\\kbalertz test\\fix';
    const set = (name: string, data: string) =>
      wine.run('reg', 'add', key, '/v', name, '/t', 'REG_SZ', '/d', data, '/f');
    set('old', 'C:\\Program Files\\x & y');
    set('gone', 'was here');
    const read = () => wine.run('reg', 'query', key).out.trim();
    const before = read();
    const remedy = remedySchema.parse({
      id: 'registry',
      title: 'Registry',
      summary: 'x',
      article: { source: 'starter', key: 'x.md', revision: 1 },
      platforms: ['windows'],
      needs: { administrator: false, minutes: 1 },
      steps: [
        { do: 'set-registry', key, name: 'old', type: 'REG_DWORD', data: '7' },
        { do: 'set-registry', key, name: 'new', type: 'REG_SZ', data: 'a & b | c' },
        { do: 'remove-registry', key, name: 'gone' },
      ],
      verify: [{ is: 'path-exists', path: '{windows}\\SoftwareDistribution' }],
    });
    const script = compileCmd(planRemedy(remedy, 'default'), runtimes.cmd);
    run(script, '-WhatIf');
    expect(read()).toBe(before);
    const done = run(script);
    expect(done, done.out).toMatchObject({ exitCode: 0 });
    expect(read()).toMatch(/old +REG_DWORD +0x7/);
    expect(read()).toContain('a & b | c');
    expect(read()).not.toContain('was here');
    const undone = run(script, '-Undo');
    expect(undone, undone.out).toMatchObject({ exitCode: 0 });
    expect(read().split('\n').sort()).toEqual(before.split('\n').sort());
  });

  test('values come through as they are, whatever characters cmd knows', () => {
    const values = fc
      .sample(
        fc.array(
          fc.constantFrom(
            '&',
            '|',
            '<',
            '>',
            '^',
            '!',
            '(',
            ')',
            "'",
            '`',
            ';',
            ',',
            '=',
            '~',
            ' ',
            'a',
            '*',
            '?',
          ),
          { minLength: 1, maxLength: 12 },
        ),
        200,
      )
      .map((all) => `x${all.join('')}x`);
    const script = [
      '@echo off',
      'setlocal EnableExtensions DisableDelayedExpansion',
      ...values.flatMap((value) => [`set "KB_A1=${quoteCmd(value)}"`, 'echo "%KB_A1%"']),
    ].join('\r\n');
    const { out } = wine.runCmd(`${script}\r\n`);
    expect(out.trim().split('\n')).toEqual(values.map((value) => `"${value}"`));
  });
});

function listTree(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      const shown = `${prefix}/${entry.name}`;
      if (entry.isDirectory())
        return [`${shown}/`, ...listTree(path, shown)].slice(listTree(path, shown).length > 0 ? 1 : 0);
      return [`${shown} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`];
    });
}
