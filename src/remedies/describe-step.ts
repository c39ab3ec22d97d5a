import type { RemedyCondition, RemedyStep } from './remedy.ts';

/** What a step does, in words: "Stop the service wuauserv and those that depend on it". */
export function describeStep(step: RemedyStep, earlier: readonly RemedyStep[] = []): string {
  switch (step.do) {
    case 'stop-service':
      return `Stop the service ${step.service} with those that depend on it${where(step)}`;
    case 'start-service':
      return step.always
        ? `Start the service ${step.service}`
        : `Start the service ${step.service} again, where it ran before`;
    case 'move-aside':
      return `Move ${showPath(step.path)} ${placeOf(step.to)}${where(step)}`;
    case 'move-contents-aside':
      return `Move ${listOf(step.matching)} out of ${showPath(step.path)} ${placeOf(step.to)}${where(step)}`;
    case 'copy-aside':
      return `Save a copy of ${showPath(step.path)}${where(step)}`;
    case 'make-folder':
      return `Make the folder ${showPath(step.path)}, where there is none`;
    case 'put-back':
      return `Put the copy of ${copiedPath(step.copy, earlier)} back in its place`;
    case 'delete-copy':
      return `Delete the copy of ${copiedPath(step.copy, earlier)} that this remedy made`;
    case 'set-registry':
      return `Set ${step.key}\\${step.name} to ${step.data} (${step.type})`;
    case 'remove-registry':
      return `Remove ${step.key}\\${step.name}`;
    case 'run-tool':
      return `Run ${[step.tool, ...step.arguments].join(' ')}`;
    case 'wait':
      return `Wait ${step.seconds} seconds`;
    case 'check':
      return `Check: ${describeCondition(step.that)}`;
    case 'ask':
      return `Ask: ${step.question}`;
  }
}

/** How the step is taken back, in words; null where there is nothing to take back. */
export function describeUndo(step: RemedyStep): string | null {
  switch (step.do) {
    case 'stop-service':
      return `Start ${step.service} again, where it ran`;
    case 'start-service':
      return `Stop ${step.service}, where the remedy started it`;
    case 'move-aside':
    case 'move-contents-aside':
      return 'Move it back; what has come in its place since is kept under another name';
    case 'make-folder':
      return 'Remove the folder if it is empty, else move it aside';
    case 'put-back':
      return 'Remove it if it did not change, else move it aside';
    case 'set-registry':
    case 'remove-registry':
      return 'Put the former value back';
    case 'run-tool':
      if ('tool' in step.undo) return `Run ${[step.undo.tool, ...step.undo.arguments].join(' ')}`;
      return 'impossible' in step.undo ? `Can't be taken back: ${step.undo.impossible}` : null;
    case 'copy-aside':
    case 'delete-copy':
    case 'wait':
    case 'check':
    case 'ask':
      return null;
  }
}

/** What must hold, in words: "the service bits runs". */
export function describeCondition(condition: RemedyCondition): string {
  switch (condition.is) {
    case 'path-exists':
      return `${showPath(condition.path)} is there`;
    case 'path-missing':
      return `${showPath(condition.path)} is not there`;
    case 'service-running':
      return `the service ${condition.service} runs`;
    case 'service-stopped':
      return `the service ${condition.service} is stopped`;
    case 'free-space':
      return `${condition.megabytes} MB are free at ${showPath(condition.path)}`;
    case 'tool-succeeds':
      return `${[condition.tool, ...condition.arguments].join(' ')} ends well`;
  }
}

/** A path as people of the platform write it. */
export function showPath(path: string): string {
  return path
    .replaceAll('{windows}', '%windir%')
    .replaceAll('{system32}', '%windir%\\System32')
    .replaceAll('{program-data}', '%ProgramData%');
}

function where({ optional }: { readonly optional: boolean }): string {
  return optional ? ', if there is one' : '';
}

function placeOf(to: 'beside' | 'backup'): string {
  return to === 'beside' ? 'aside' : 'to the backup folder';
}

function copiedPath(id: string, earlier: readonly RemedyStep[]): string {
  const step = earlier.find((other) => other.id === id);
  return step?.do === 'copy-aside' ? showPath(step.path) : id;
}

function listOf(patterns: readonly string[]): string {
  return patterns.length === 1
    ? patterns.join('')
    : `${patterns.slice(0, -1).join(', ')} and ${patterns.at(-1)}`;
}
