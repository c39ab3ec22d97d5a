import { hash } from 'node:crypto';
import { describeCondition, describeStep } from './describe-step.ts';
import type { Remedy, RemedyCondition, RemedyMode, RemedyPlatform, RemedyStep } from './remedy.ts';
import { tools } from './tools-data.ts';

/** A call of a function that the scripts' runtimes have in all three languages; the arguments are plain text. */
export type Call = { readonly name: string; readonly arguments: readonly string[] };

export type PlannedCondition = { readonly words: string; readonly call: Call };

export type PlannedStep = {
  /** 1, 2, 3 … within the mode. */
  readonly number: number;
  readonly words: string;
  readonly before: readonly PlannedCondition[];
  readonly call: Call;
  readonly after: readonly PlannedCondition[];
  readonly undo: Call;
};

/** What the scripts of one mode do; every language prints the same plan. */
export type Plan = {
  readonly id: string;
  readonly title: string;
  readonly mode: RemedyMode;
  readonly platform: RemedyPlatform;
  readonly isAdministratorNeeded: boolean;
  readonly megabytes: number;
  readonly notices: readonly string[];
  readonly steps: readonly PlannedStep[];
  readonly verify: readonly PlannedCondition[];
  readonly afterwards: readonly string[];
  /** 12 hex digits of SHA-256 over all of the above: a script takes back only what this very plan did. */
  readonly fingerprint: string;
};

/** Lays out one mode of a remedy that lint finds nothing wrong with. Throws UnplannableRemedy otherwise. */
export function planRemedy(remedy: Remedy, mode: RemedyMode): Plan {
  const chosen = listStepsOfMode(remedy, mode);
  const steps = chosen.map((step, index) => planStep(step, index, chosen));
  const plan = {
    id: remedy.id,
    title: remedy.title,
    mode,
    platform: platformOf(remedy),
    isAdministratorNeeded: remedy.needs.administrator,
    megabytes: remedy.needs.megabytes,
    notices: [...remedy.loses, ...(mode === 'aggressive' ? (remedy.aggressive?.effects ?? []) : [])],
    steps,
    verify: remedy.verify.map(planCondition),
    afterwards: remedy.afterwards,
  };
  return { ...plan, fingerprint: hash('sha256', JSON.stringify(plan)).slice(0, 12) };
}

/** A remedy that refers to what is not there; lint says the same in a sentence. */
export class UnplannableRemedy extends Error {
  override readonly name = 'UnplannableRemedy';
  readonly code = 'unplannable-remedy';
}

export function platformOf(remedy: Remedy): RemedyPlatform {
  const [platform] = remedy.platforms;
  if (platform === undefined) throw new UnplannableRemedy(`${remedy.id} names no platform`);
  return platform;
}

/** The aggressive mode is the default mode and more: a superset by construction. */
export function listStepsOfMode(remedy: Remedy, mode: RemedyMode): RemedyStep[] {
  return remedy.steps.filter((step) => mode === 'aggressive' || step.mode === 'default');
}

function planStep(step: RemedyStep, index: number, all: readonly RemedyStep[]): PlannedStep {
  const earlier = all.slice(0, index);
  const { call, undo } = planCalls(step, earlier);
  return {
    number: index + 1,
    words: describeStep(step, earlier),
    before: step.before.map(planCondition),
    call,
    after: step.after.map(planCondition),
    undo: undo ?? call,
  };
}

/** Where undo is left out, it gets what the step got. */
function planCalls(step: RemedyStep, earlier: readonly RemedyStep[]): { call: Call; undo?: Call } {
  const same = (name: string, ...args: readonly string[]) => ({ call: { name, arguments: args } });
  switch (step.do) {
    case 'stop-service':
      return same('stop_service', step.service, need(step));
    case 'start-service': {
      const stopped = earlier.findLastIndex(
        (other) => other.do === 'stop-service' && other.service === step.service,
      );
      return same('start_service', step.service, step.always ? '0' : String(stopped + 1), need(step));
    }
    case 'move-aside':
      return same('move_aside', step.path, step.to, need(step));
    case 'move-contents-aside':
      return same('move_contents_aside', step.path, step.to, need(step), ...step.matching);
    case 'copy-aside':
      return same('copy_aside', step.path, need(step));
    case 'make-folder':
      return same('make_folder', step.path);
    case 'put-back': {
      const { number, path } = findCopy(step.copy, earlier);
      return same('put_back', String(number), path);
    }
    case 'delete-copy':
      return same('delete_copy', String(findCopy(step.copy, earlier).number));
    case 'set-registry':
      return same('set_registry', step.key, step.name, step.type, step.data);
    case 'remove-registry':
      return same('remove_registry', step.key, step.name);
    case 'run-tool':
      return {
        call: planTool('run_tool', step),
        undo:
          'tool' in step.undo
            ? planTool('run_tool', { ...step.undo, accept: [0] })
            : {
                name: 'nothing',
                arguments: ['impossible' in step.undo ? step.undo.impossible : step.undo.needless],
              },
      };
    case 'wait':
      return { ...same('wait', String(step.seconds)), undo: { name: 'nothing', arguments: [''] } };
    case 'check': {
      const { words, call } = planCondition(step.that);
      return {
        call: { name: 'check', arguments: [step.otherwise, words, call.name, ...call.arguments] },
        undo: { name: 'nothing', arguments: [''] },
      };
    }
    case 'ask':
      return { ...same('ask', step.question), undo: { name: 'nothing', arguments: [''] } };
  }
}

function need(step: { readonly optional: boolean }): string {
  return step.optional ? 'optional' : 'required';
}

function findCopy(id: string, earlier: readonly RemedyStep[]): { number: number; path: string } {
  const index = earlier.findIndex((step) => step.id === id);
  const step = earlier[index];
  if (step?.do !== 'copy-aside') throw new UnplannableRemedy(`no earlier step "${id}" copies something`);
  return { number: index + 1, path: step.path };
}

function planTool(
  name: string,
  call: { readonly tool: string; readonly arguments: readonly string[]; readonly accept: readonly number[] },
): Call {
  return { name, arguments: [call.accept.join(' '), fileOf(call.tool), ...call.arguments] };
}

function fileOf(name: string): string {
  const tool = tools[name];
  if (tool === undefined) throw new UnplannableRemedy(`there is no tool "${name}"`);
  return tool.file;
}

function planCondition(condition: RemedyCondition): PlannedCondition {
  return { words: describeCondition(condition), call: planConditionCall(condition) };
}

function planConditionCall(condition: RemedyCondition): Call {
  const name = condition.is.replaceAll('-', '_');
  switch (condition.is) {
    case 'path-exists':
    case 'path-missing':
      return { name, arguments: [condition.path] };
    case 'service-running':
    case 'service-stopped':
      return { name, arguments: [condition.service] };
    case 'free-space':
      return { name, arguments: [condition.path, String(condition.megabytes)] };
    case 'tool-succeeds':
      return planTool(name, condition);
  }
}
