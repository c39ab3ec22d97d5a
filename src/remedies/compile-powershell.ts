import type { Call, Plan, PlannedCondition, PlannedStep } from './plan.ts';
import { quotePowerShell } from './quoting.ts';

/**
 * The plan as a script for Windows PowerShell 5.1 and newer; `runtime` is the text of runtime/remedy.ps1. It begins
 * with a byte order mark, without which 5.1 reads a file in the code page of the system.
 */
export function compilePowerShell(plan: Plan, runtime: string): string {
  const text = [
    `# ${plan.title} (${plan.mode})`,
    '# Try it with -WhatIf first; -Undo takes it back; -Yes answers its questions; -Keep stays where a step fails.',
    '[CmdletBinding(SupportsShouldProcess = $true)]',
    'param([switch]$Undo, [switch]$Yes, [switch]$Keep)',
    `$KbId = ${quotePowerShell(`${plan.id}-${plan.mode}-${plan.fingerprint}`)}`,
    `$KbTitle = ${quotePowerShell(plan.title)}`,
    `$KbMode = ${quotePowerShell(plan.mode)}`,
    `$KbAdministrator = $${plan.isAdministratorNeeded}`,
    `$KbMegabytes = ${plan.megabytes}`,
    '',
    ...define(
      'kb_introduce',
      plan.notices.map((words) => `kb_say ${quotePowerShell(`Note: ${words}`)}`),
    ),
    ...define('kb_plan', plan.steps.flatMap(compileStep)),
    ...define('kb_undo_plan', plan.steps.toReversed().map(compileUndo)),
    ...define(
      'kb_verify',
      plan.verify.map((condition) => `kb_verify_that ${compileCondition(condition)}`),
    ),
    ...define(
      'kb_close',
      plan.afterwards.map((words) => `kb_say ${quotePowerShell(`Next: ${words}`)}`),
    ),
    runtime.trimEnd(),
    '',
  ].join('\n');
  return `\ufeff${text.replaceAll('\n', '\r\n')}`;
}

function define(name: string, lines: readonly string[]): string[] {
  return [`function ${name} {`, ...lines.map((line) => `  ${line}`), '}', ''];
}

function compileStep(step: PlannedStep): string[] {
  const expect = (condition: PlannedCondition) => `kb_expect ${compileCondition(condition)}`;
  return [
    `kb_step ${step.number} ${quotePowerShell(step.words)}`,
    ...step.before.map(expect),
    compileCall(step.call),
    ...step.after.map(expect),
    'kb_done',
  ];
}

function compileUndo({ number, words, undo }: PlannedStep): string {
  return ['kb_undo', number, quotePowerShell(words), undo.name, ...undo.arguments.map(quotePowerShell)].join(
    ' ',
  );
}

function compileCall({ name, arguments: args }: Call): string {
  return [`kb_${name}`, ...args.map(quotePowerShell)].join(' ');
}

function compileCondition({ words, call }: PlannedCondition): string {
  return [quotePowerShell(words), call.name, ...call.arguments.map(quotePowerShell)].join(' ');
}
