import type { Call, Plan, PlannedCondition, PlannedStep } from './plan.ts';
import { plainCmdWords, quoteCmd } from './quoting.ts';

/** The plan as a .cmd for systems without PowerShell; `runtime` is the text of runtime/remedy.cmd. */
export function compileCmd(plan: Plan, runtime: string): string {
  const text = [
    '@echo off',
    'setlocal EnableExtensions DisableDelayedExpansion',
    `rem ${plainCmdWords(plan.title)} (${plan.mode})`,
    'rem Try it with -WhatIf first; -Undo takes it back; -? shows all options.',
    set('ID', `${plan.id}-${plan.mode}-${plan.fingerprint}`),
    setWords('TITLE', plan.title),
    set('MODE', plan.mode),
    set('ADMINISTRATOR', plan.isAdministratorNeeded ? '1' : '0'),
    'goto kb_main',
    '',
    ...define('introduce', say('Note', plan.notices)),
    ...define('plan', plan.steps.flatMap(compileStep)),
    ...define('undo_plan', plan.steps.toReversed().flatMap(compileUndo)),
    ...define(
      'verify',
      plan.verify.flatMap((condition) => compileCondition(condition, 'verify_that')),
    ),
    ...define('close', say('Next', plan.afterwards)),
    runtime.trimEnd(),
    '',
  ].join('\n');
  return text.replaceAll('\n', '\r\n');
}

function define(name: string, lines: readonly string[]): string[] {
  return [`:kb_${name}`, ...lines, 'exit /b 0', ''];
}

function say(label: string, sentences: readonly string[]): string[] {
  return sentences.flatMap((words) => [setWords('SAY', `${label}: ${words}`), 'call :kb_say']);
}

const stopOnFailure = 'if errorlevel 1 exit /b 1';

function compileStep(step: PlannedStep): string[] {
  const expect = (condition: PlannedCondition) => [...compileCondition(condition, 'expect'), stopOnFailure];
  return [
    set('N', String(step.number)),
    setWords('SAY', step.words),
    'call :kb_step',
    ...step.before.flatMap(expect),
    ...compileCall(step.call),
    stopOnFailure,
    ...step.after.flatMap(expect),
    'call :kb_done',
  ];
}

function compileUndo({ number, words, undo }: PlannedStep): string[] {
  return [
    set('N', String(number)),
    setWords('SAY', words),
    set('FUNCTION', undo.name),
    ...(undo.name === 'nothing' ? [setWords('A1', undo.arguments.join(' '))] : setArguments(undo)),
    'call :kb_undo',
  ];
}

function compileCall(call: Call): string[] {
  if (call.name === 'ask') return [setWords('SAY', call.arguments.join(' ')), 'call :kb_ask'];
  if (call.name !== 'check') return [...setArguments(call), `call :kb_${call.name}`];
  const [otherwise = '', words = '', name = '', ...args] = call.arguments;
  return [
    setWords('OTHERWISE', otherwise),
    ...compileCondition({ words, call: { name, arguments: args } }, 'check'),
  ];
}

function compileCondition({ words, call }: PlannedCondition, routine: string): string[] {
  return [
    setWords('WORDS', words),
    set('CONDITION', call.name),
    ...setArguments(call),
    `call :kb_${routine}`,
  ];
}

function setArguments(call: Call): string[] {
  return listArguments(call).map((value, index) => set(`A${index + 1}`, value));
}

/** The runtime wants a tool's arguments counted, and patterns in one value. */
function listArguments({ name, arguments: args }: Call): readonly string[] {
  if (name === 'run_tool' || name === 'tool_succeeds') {
    const [codes = '', file = '', ...rest] = args;
    return [codes, file, String(rest.length), ...rest.map(doubleLastBackslashes)];
  }
  if (name === 'move_contents_aside') return [...args.slice(0, 3), args.slice(3).join(' ')];
  return args;
}

/** The C runtime reads `\"` as a quote (parsing of arguments, rule of backslashes). */
function doubleLastBackslashes(value: string): string {
  return value.replace(/\\+$/, '$&$&');
}

function set(name: string, value: string): string {
  return `set "KB_${name}=${placeVariables(quoteCmd(value))}"`;
}

function setWords(name: string, words: string): string {
  return `set "KB_${name}=${plainCmdWords(words)}"`;
}

/** The only expansions in a value are those of the script's own folders. */
function placeVariables(value: string): string {
  return value
    .replaceAll('{windows}', '%KB_WINDOWS%')
    .replaceAll('{system32}', '%KB_SYSTEM32%')
    .replaceAll('{program-data}', '%KB_PROGRAMDATA%');
}
