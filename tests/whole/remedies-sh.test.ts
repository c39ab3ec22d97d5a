import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadScriptRuntimes, loadShippedRemedies } from '../../src/entry/remedies.ts';
import { compileSh } from '../../src/remedies/compile-sh.ts';
import { planRemedy } from '../../src/remedies/plan.ts';
import type { Remedy, RemedyMode } from '../../src/remedies/remedy.ts';
import { generatedFiles, generatedRemedy, generatedServices } from '../factories/generated-remedies.ts';
import { createRemedySandbox } from '../factories/remedy-sandbox.ts';
import { runs } from '../sizes.ts';

const runtimes = await loadScriptRuntimes();
const compile = (remedy: Remedy, mode: RemedyMode = 'default') =>
  compileSh(planRemedy(remedy, mode), runtimes.sh);

function withSandbox(check: (sandbox: ReturnType<typeof createRemedySandbox>) => void): void {
  const sandbox = createRemedySandbox(generatedFiles, generatedServices);
  try {
    check(sandbox);
  } finally {
    sandbox.remove();
  }
}

describe('generated remedies', () => {
  test('leave a byte-identical tree after a run and its undo', () => {
    let done = 0;
    fc.assert(
      fc.property(generatedRemedy, (remedy) =>
        withSandbox((sandbox) => {
          const before = sandbox.snapshot();
          const run = sandbox.run(compile(remedy));
          expect([0, 2, 4], run.out).toContain(run.exitCode);
          if (run.exitCode === 2) {
            expect(run.out).toContain('STATE: old');
          } else {
            done += 1;
            expect(run.out).toContain('STATE: new');
            const undone = sandbox.run(compile(remedy), ['--undo']);
            expect(undone, undone.out).toMatchObject({ exitCode: 0 });
          }
          expect(sandbox.snapshot()).toEqual(before);
        }),
      ),
      { numRuns: runs(60) },
    );
    expect(done).toBeGreaterThan(runs(60) / 6);
  });

  test('write nothing in a dry run', () => {
    fc.assert(
      fc.property(generatedRemedy, (remedy) =>
        withSandbox((sandbox) => {
          const before = sandbox.snapshot();
          const run = sandbox.run(compile(remedy), ['--dry-run']);
          expect([0, 2], run.out).toContain(run.exitCode);
          expect(run.changes).toBe(0);
          expect(sandbox.snapshot()).toEqual(before);
          expect(sandbox.listState()).toEqual([]);
        }),
      ),
      { numRuns: runs(40) },
    );
  });

  test('are in the old or the new state after any single failure, and say which', () => {
    fc.assert(
      fc.property(generatedRemedy, fc.nat(), (remedy, seed) =>
        withSandbox((sandbox) => {
          const before = sandbox.snapshot();
          const whole = sandbox.run(compile(remedy));
          if (whole.exitCode !== 2)
            expect(sandbox.run(compile(remedy), ['--undo'])).toMatchObject({ exitCode: 0 });
          if (whole.changes === 0) return;
          const run = sandbox.run(compile(remedy), [], { failAt: 1 + (seed % whole.changes) });
          const state = /STATE: (old|new|mixed)/.exec(run.out)?.[1];
          if (run.exitCode === 0 || run.exitCode === 4) expect(state).toBe('new');
          else if (run.exitCode === 2) expect(state).toBe('old');
          // A failure while taking back is told; what is left goes when it is taken back again.
          else if (run.exitCode === 3) expect(state).toBe('mixed');
          else expect(run.out).toContain('Nothing was changed.');
          if (state === 'new' || state === 'mixed') {
            const undone = sandbox.run(compile(remedy), ['--undo']);
            expect(undone, run.out + undone.out).toMatchObject({ exitCode: 0 });
          }
          expect(sandbox.snapshot(), run.out).toEqual(before);
        }),
      ),
      { numRuns: runs(60) },
    );
  });

  test('can be taken back after a power cut at any change', () => {
    fc.assert(
      fc.property(generatedRemedy, fc.nat(), (remedy, seed) =>
        withSandbox((sandbox) => {
          const before = sandbox.snapshot();
          const whole = sandbox.run(compile(remedy));
          if (whole.exitCode !== 2) sandbox.run(compile(remedy), ['--undo']);
          if (whole.changes === 0) return;
          const cut = sandbox.run(compile(remedy), [], { killAt: 1 + (seed % whole.changes) });
          expect(cut.exitCode).toBe(null);
          const again = sandbox.run(compile(remedy));
          if (again.exitCode === 1) expect(again.out).toContain('An earlier run did not end');
          const undone = sandbox.run(compile(remedy), ['--undo']);
          if (again.exitCode === 1) expect(undone, undone.out).toMatchObject({ exitCode: 0 });
          expect(sandbox.snapshot(), cut.out + undone.out).toEqual(before);
        }),
      ),
      { numRuns: runs(50) },
    );
  });
});

describe('the shipped remedies for Linux', async () => {
  const shipped = await loadShippedRemedies();
  const find = (id: string) => {
    const remedy = shipped.find((one) => one.id === id);
    if (remedy === undefined) throw new Error(`no remedy ${id}`);
    return remedy;
  };
  const logged = (name: string) => `#!/bin/sh\necho "${name} $*" >>"$SANDBOX_SERVICES/.calls"\n`;

  test('move what upgrades left in /boot to the backup folder and put it back', () => {
    const sandbox = createRemedySandbox({
      'boot/grub/grub.cfg': 'menu',
      'boot/vmlinuz-6.1.0-28-amd64': 'kernel',
      'boot/initrd.img-6.1.0-28-amd64': 'disk',
      'boot/initrd.img-6.1.0-28-amd64.new': 'half a disk',
      'boot/initrd.img-6.1.0-22-amd64.dpkg-bak': 'former disk',
    });
    try {
      sandbox.putTool('dpkg', logged('dpkg'));
      sandbox.putTool('apt-get', logged('apt-get'));
      const script = compile(find('full-boot'));
      const before = sandbox.snapshot().tree;
      const run = sandbox.run(script);
      expect(run, run.out).toMatchObject({ exitCode: 0 });
      const boot = sandbox.snapshot().tree.filter((line) => line.startsWith('/boot/'));
      expect(boot.some((line) => /\.new|dpkg-bak/.test(line))).toBe(false);
      expect(boot.filter((line) => /vmlinuz|initrd/.test(line))).toHaveLength(2);
      expect(sandbox.serviceStates()['.calls']).toBe('dpkg --configure --pending\napt-get check');
      expect(sandbox.run(script, ['--undo'])).toMatchObject({ exitCode: 0 });
      expect(sandbox.snapshot().tree).toEqual(before);
    } finally {
      sandbox.remove();
    }
  });

  test('keep the journal files that they take away', () => {
    const machine = '0123456789abcdef0123456789abcdef';
    const sandbox = createRemedySandbox(
      {
        'etc/machine-id': `${machine}\n`,
        [`var/log/journal/${machine}/system.journal`]: 'open',
        [`var/log/journal/${machine}/system@0001.journal`]: 'closed',
        [`var/log/journal/${machine}/user-1000@0001.journal`]: 'closed too',
      },
      { 'systemd-journald.service': 'running' },
    );
    try {
      sandbox.putTool('journalctl', logged('journalctl'));
      const script = compile(find('systemd-journal'), 'aggressive');
      const before = sandbox.snapshot().tree;
      const run = sandbox.run(script);
      expect(run, run.out).toMatchObject({ exitCode: 0 });
      expect(sandbox.snapshot().tree.filter((line) => line.includes('.journal '))).toHaveLength(1);
      expect(sandbox.listState().filter((line) => line.includes('@0001.journal'))).toHaveLength(2);
      const undone = sandbox.run(script, ['--undo']);
      expect(undone.out).toContain('stays: entries that were cut are gone');
      expect(sandbox.snapshot().tree).toEqual(before);
    } finally {
      sandbox.remove();
    }
  });

  test('refuse where they have nothing to do with the machine, and change nothing', () => {
    const sandbox = createRemedySandbox({ 'etc/machine-id': 'no id; touch pwned' });
    try {
      const before = sandbox.snapshot();
      const run = sandbox.run(compile(find('systemd-journal')));
      expect(run.exitCode).toBe(2);
      expect(run.out).toContain('kept in memory only');
      expect(sandbox.snapshot()).toEqual(before);
    } finally {
      sandbox.remove();
    }
  });
});
