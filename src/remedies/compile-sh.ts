import type { Call, Plan, PlannedCondition, PlannedStep } from './plan.ts';
import { quoteSh } from './quoting.ts';

/** The plan as a POSIX sh script; `runtime` is the text of runtime/remedy.sh. */
export function compileSh(plan: Plan, runtime: string): string {
  return [
    '#!/bin/sh',
    `# ${plan.title} (${plan.mode})`,
    '# Try it with --dry-run first; --undo takes it back; --help shows all options.',
    'set -u',
    `KB_ID=${quoteSh(`${plan.id}-${plan.mode}-${plan.fingerprint}`)}`,
    `KB_TITLE=${quoteSh(plan.title)}`,
    `KB_MODE=${quoteSh(plan.mode)}`,
    `KB_ADMINISTRATOR=${plan.isAdministratorNeeded ? 1 : 0}`,
    `KB_MEGABYTES=${plan.megabytes}`,
    '',
    ...define(
      'kb_introduce',
      plan.notices.map((words) => `kb_say ${quoteSh(`Note: ${words}`)}`),
    ),
    ...define('kb_plan', plan.steps.flatMap(compileStep)),
    ...define('kb_undo_plan', plan.steps.toReversed().map(compileUndo)),
    ...define(
      'kb_verify',
      plan.verify.map((condition) => `kb_verify_that ${compileCondition(condition)}`),
    ),
    ...define(
      'kb_close',
      plan.afterwards.map((words) => `kb_say ${quoteSh(`Next: ${words}`)}`),
    ),
    runtime.trimEnd(),
    '',
    'kb_main "$@"',
    '',
  ].join('\n');
}

function define(name: string, lines: readonly string[]): string[] {
  return [`${name}() {`, ...(lines.length === 0 ? ['  :'] : lines.map((line) => `  ${line}`)), '}', ''];
}

function compileStep(step: PlannedStep): string[] {
  const expect = (condition: PlannedCondition) => `kb_expect ${compileCondition(condition)}`;
  return [
    `kb_step ${step.number} ${quoteSh(step.words)}`,
    ...step.before.map(expect),
    compileCall(step.call),
    ...step.after.map(expect),
    'kb_done',
  ].map((line) => `${line} || return 1`);
}

function compileUndo({ number, words, undo }: PlannedStep): string {
  return ['kb_undo', number, quoteSh(words), undo.name, ...undo.arguments.map(quoteSh)].join(' ');
}

function compileCall({ name, arguments: args }: Call): string {
  return [`kb_${name}`, ...args.map(quoteSh)].join(' ');
}

function compileCondition({ words, call }: PlannedCondition): string {
  return [quoteSh(words), call.name, ...call.arguments.map(quoteSh)].join(' ');
}
