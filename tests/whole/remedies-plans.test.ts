import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadScriptRuntimes, loadShippedRemedies } from '../../src/entry/remedies.ts';
import { compileCmd } from '../../src/remedies/compile-cmd.ts';
import { compilePowerShell } from '../../src/remedies/compile-powershell.ts';
import { compileRemedy, modesOf } from '../../src/remedies/compile-remedy.ts';
import { compileSh } from '../../src/remedies/compile-sh.ts';
import { type Plan, type PlannedCondition, planRemedy } from '../../src/remedies/plan.ts';
import { quoteCmd, quotePowerShell, quoteSh, UnquotableValue } from '../../src/remedies/quoting.ts';
import { generatedRemedy } from '../factories/generated-remedies.ts';
import {
  type ReadCall,
  readCmdPlan,
  readPowerShellPlan,
  readShPlan,
} from '../factories/read-compiled-plan.ts';
import { loadGrammar } from '../factories/shell-grammars.ts';
import { runs } from '../sizes.ts';

const runtimes = await loadScriptRuntimes();
const shipped = await loadShippedRemedies();
const parsePowerShell = await loadGrammar('powershell');

describe('the plan', () => {
  test.each(shipped.flatMap((remedy) => modesOf(remedy).map((mode) => ({ id: remedy.id, mode, remedy }))))(
    'of $id ($mode) is the same in every language',
    ({ remedy, mode }) => {
      const plan = planRemedy(remedy, mode);
      const calls = expectedCalls(plan);
      expect(calls.length).toBeGreaterThan(3);
      expect(readShPlan(compileSh(plan, runtimes.sh))).toEqual(calls);
      expect(readPowerShellPlan(compilePowerShell(plan, runtimes.ps1))).toEqual(calls);
      expect(readCmdPlan(compileCmd(plan, runtimes.cmd))).toEqual(calls);
    },
  );

  test('of any remedy is the same in every language that can carry its values', () => {
    let inCmd = 0;
    fc.assert(
      fc.property(generatedRemedy, (remedy) => {
        const plan = planRemedy(remedy, 'default');
        const calls = expectedCalls(plan);
        expect(readShPlan(compileSh(plan, runtimes.sh))).toEqual(calls);
        expect(readPowerShellPlan(compilePowerShell(plan, runtimes.ps1))).toEqual(calls);
        try {
          expect(readCmdPlan(compileCmd(plan, runtimes.cmd))).toEqual(calls);
          inCmd += 1;
        } catch (error) {
          if (!(error instanceof UnquotableValue)) throw error;
        }
      }),
      { numRuns: runs(60) },
    );
    expect(inCmd).toBeGreaterThan(runs(60) / 6);
  });

  test('of the aggressive mode holds that of the default mode', () => {
    for (const remedy of shipped.filter((one) => one.aggressive !== undefined)) {
      const all = planRemedy(remedy, 'aggressive').steps.map((step) => step.words);
      const some = planRemedy(remedy, 'default').steps.map((step) => step.words);
      expect(all.filter((words) => some.includes(words))).toEqual(some);
      expect(all.length).toBeGreaterThan(some.length);
    }
  });
});

describe('no value gets out of its quotes', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          '`',
          '$(',
          ')',
          '\\',
          '%',
          '!',
          '^',
          '&',
          '|',
          ';',
          '\n',
          '\u2019',
          '\u201b',
          '*',
          '~',
          ' ',
          '-',
          'a',
        ),
        { maxLength: 12 },
      )
      .map((all) => all.join('')),
  );
  const refusedOr = <T>(quote: () => T): T | null => {
    try {
      return quote();
    } catch (error) {
      expect(error).toBeInstanceOf(UnquotableValue);
      return null;
    }
  };

  test('in sh, asked of the shell itself', () => {
    const values = fc.sample(hostile, 2000).flatMap((value) => {
      const quoted = refusedOr(() => quoteSh(value));
      return quoted === null ? [] : [{ value, quoted }];
    });
    expect(values.length).toBeGreaterThan(500);
    const script = values.map(({ quoted }) => `printf '%s\\n' ${quoted}`).join('\n');
    const { stdout, stderr } = spawnSync('/bin/sh', ['-s'], { input: script, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.split('\n').slice(0, -1)).toEqual(values.map(({ value }) => value));
  });

  test('in PowerShell, by its grammar and its rule of quotes', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const quoted = refusedOr(() => quotePowerShell(value));
        if (quoted === null) return;
        // Within the outer quotes, each of the five quotes PowerShell knows comes in pairs of its own.
        const inner = quoted.slice(1, -1);
        expect(inner.replace(/(['\u2018-\u201b])\1/g, '')).not.toMatch(/['\u2018-\u201b]/);
        expect(inner.replace(/(['\u2018-\u201b])\1/g, '$1')).toBe(value);
        if (/[\u2018-\u201b]/.test(value)) return;
        const root = parsePowerShell(`kb_say ${quoted}\n`);
        expect(root.hasError).toBe(false);
        expect(root.descendantsOfType('command')).toHaveLength(1);
        expect(root.descendantsOfType('verbatim_string_characters').map((node) => node?.text)).toEqual([
          quoted,
        ]);
      }),
      { numRuns: runs(1000) },
    );
  });

  test('in cmd, where what could end a value or be expanded is refused', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const quoted = refusedOr(() => quoteCmd(value));
        expect(quoted === null).toBe(/["%]|[^ -~]/.test(value));
        if (quoted !== null) expect(quoted).toBe(value);
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('the scripts', () => {
  test('change things by one door only', () => {
    const changing = /\b(?:mv|cp|rm|mkdir|rmdir)\b|systemctl (?:start|stop)|>>?"/;
    const lines = runtimes.sh.split('\n').filter((line) => changing.test(line) && !/^\s*#/.test(line));
    const around = lines.filter((line) => !line.includes('kb_change '));
    // The log, a mark (called through kb_change) and what a tool says.
    expect(around.map((line) => line.trim().split(/\s/)[0])).toEqual(['[', 'kb_write_mark()', 'if']);
  });

  test('carry the line ends of their platform, and no unknown bytes', () => {
    for (const remedy of shipped) {
      for (const { language, text } of compileRemedy(remedy, runtimes)) {
        if (language === 'sh') expect(text).not.toContain('\r');
        else expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        if (language === 'cmd') expect(text).toMatch(/^[ -~\r\n]*$/);
        if (language === 'ps1') expect(text.startsWith('\ufeff')).toBe(true);
      }
    }
  });
});

function expectedCalls(plan: Plan): ReadCall[] {
  const expectations = (conditions: readonly PlannedCondition[]) =>
    conditions.map(({ call }) => ['expect', call.name, ...call.arguments]);
  return plan.steps.flatMap(({ number, before, call, after }) => [
    ['step', String(number)],
    ...expectations(before),
    call.name === 'check'
      ? ['check', ...call.arguments.slice(2)]
      : call.name === 'ask'
        ? ['ask']
        : [call.name, ...call.arguments],
    ...expectations(after),
  ]);
}
