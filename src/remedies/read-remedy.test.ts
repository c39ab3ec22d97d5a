import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { canonicalRemedy } from './canonical-remedy.ts';
import { listManualSteps } from './manual-steps.ts';
import { readRemedy } from './read-remedy.ts';
import { type Remedy, remedyJsonSchema } from './remedy.ts';

const good = {
  id: 'good-one',
  title: 'A good one',
  summary: 'It helps.',
  article: { source: 'starter', key: 'a.md', revision: 1 },
  platforms: ['windows'],
  needs: { administrator: true, minutes: 1 },
  steps: [
    { do: 'stop-service', service: 'Spooler' },
    { do: 'copy-aside', id: 'log', path: '{windows}\\Logs\\x.log' },
    { do: 'start-service', service: 'Spooler' },
  ],
  verify: [{ is: 'service-running', service: 'Spooler' }],
};
const read = (changes: object) => readRemedy(stringify({ ...good, ...changes }));
const problemsOf = (changes: object) => {
  const result = read(changes);
  return result.kind === 'refused' ? result.problems.join('\n') : 'none';
};
const withStep = (step: object) => problemsOf({ steps: [...good.steps, step] });

describe('a remedy document', () => {
  test('is read when it is good', () => {
    expect(problemsOf({})).toBe('none');
  });

  test.each([
    ['a step that is not in the vocabulary', { do: 'run-script', text: 'format c:' }, 'do'],
    ['a field that nobody knows', { do: 'wait', seconds: 1, command: 'x' }, 'Unrecognized key'],
    [
      'a tool that is not in the list',
      { do: 'run-tool', tool: 'powershell', undo: { needless: 'x' } },
      'no tool',
    ],
    [
      'a tool named after what every object has',
      { do: 'run-tool', tool: 'constructor', undo: { needless: 'x' } },
      'no tool',
    ],
    [
      'arguments that are not in the list',
      { do: 'run-tool', tool: 'netsh', arguments: ['exec', 'x'], undo: { needless: 'x' } },
      'not in the list',
    ],
    [
      'a tool of another platform',
      { do: 'run-tool', tool: 'dpkg', arguments: ['--configure', '--pending'], undo: { needless: 'x' } },
      'no tool of windows',
    ],
    [
      'a condition that changes something',
      {
        do: 'check',
        otherwise: 'x',
        that: { is: 'tool-succeeds', tool: 'netsh', arguments: ['winsock', 'reset'] },
      },
      'conditions may ask',
    ],
    ['all of Windows', { do: 'move-aside', path: '{windows}' }, 'too much'],
    ['the way up', { do: 'move-aside', path: '{windows}\\a\\..\\..\\b' }, 'no name'],
    ['a drive', { do: 'move-aside', path: 'C:\\Windows\\x' }, 'must begin with'],
    ['a wildcard in a path', { do: 'move-aside', path: '{windows}\\System32\\*' }, 'wildcards'],
    [
      'everything of a folder of the system',
      { do: 'move-contents-aside', path: '{system32}', matching: ['*'] },
      'too much',
    ],
    ['a variable in a path', { do: 'move-aside', path: '{windows}\\%TEMP%' }, 'wildcards'],
    ['a quote in a service', { do: 'stop-service', service: 'a" & calc & "' }, 'own name'],
    ['a registry tree', { do: 'remove-registry', key: 'HKLM\\SOFTWARE', name: 'x' }, 'three names deep'],
    ['a copy that nobody made', { do: 'put-back', copy: 'nothing' }, 'copies something'],
    ['a service that stays stopped', { do: 'stop-service', service: 'BITS' }, 'not started again'],
    ['a start without a stop', { do: 'start-service', service: 'BITS' }, 'No step before stops'],
    [
      'an aggressive step without its effects',
      { do: 'wait', seconds: 1, mode: 'aggressive' },
      'list their effects',
    ],
    ['a line break in words', { do: 'ask', question: 'a\nb' }, 'one line'],
    ['letters that a .cmd cannot carry', { do: 'move-aside', path: '{windows}\\Übung' }, 'beyond ASCII'],
    [
      'a second step of the same name',
      { do: 'copy-aside', id: 'log', path: '{windows}\\Logs\\y' },
      'Two steps',
    ],
  ])('is refused for %s', (_name, step, problem) => {
    expect(withStep(step)).toContain(problem);
  });

  test('is refused, not thrown at, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json(), fc.constant('a: &a [*a, *a]'), fc.constant('{')),
        (text) => {
          expect(['read', 'refused']).toContain(readRemedy(text).kind);
        },
      ),
    );
    expect(readRemedy('a: &a [1]\nb: [*a, *a, *a]').kind).toBe('refused');
  });

  test('is signed by its meaning, not by its layout', () => {
    const bytesOf = (text: string) => {
      const result = readRemedy(text);
      return result.kind === 'read' ? Buffer.from(canonicalRemedy(result.remedy)).toString() : null;
    };
    const reversed = Object.fromEntries(Object.entries(good).toReversed());
    expect(bytesOf(`# a comment\n${stringify(reversed)}`)).toBe(bytesOf(stringify(good)));
    expect(bytesOf(stringify({ ...good, title: 'Another' }))).not.toBe(bytesOf(stringify(good)));
  });

  test('has a JSON Schema that knows all kinds of steps', () => {
    const text = JSON.stringify(remedyJsonSchema());
    for (const kind of ['stop-service', 'move-aside', 'set-registry', 'run-tool', 'ask'])
      expect(text).toContain(`"${kind}"`);
  });

  test('says how to do it by hand', () => {
    const result = read({});
    const steps = result.kind === 'read' ? listManualSteps(result.remedy satisfies Remedy, 'default') : [];
    expect(steps.map((step) => step.commands)).toEqual([
      'net stop Spooler /y',
      'copy "%windir%\\Logs\\x.log" "%USERPROFILE%\\x.log"',
      'net start Spooler',
    ]);
  });
});
