import { describeStep, showPath } from './describe-step.ts';
import { listStepsOfMode, platformOf } from './plan.ts';
import type { Remedy, RemedyMode, RemedyPlatform, RemedyStep } from './remedy.ts';

/** A step for those who would rather do it themselves. */
export type ManualStep = {
  readonly words: string;
  readonly because: string | null;
  /** What to type into the command prompt or terminal, one command a line; null where words say all. */
  readonly commands: string | null;
};

/** The same document as instructions: what the script of the mode does, by hand. */
export function listManualSteps(remedy: Remedy, mode: RemedyMode): ManualStep[] {
  const platform = platformOf(remedy);
  const steps = listStepsOfMode(remedy, mode);
  return steps.map((step, index) => ({
    words: describeStep(step, steps.slice(0, index)),
    because: step.because ?? null,
    commands: writeCommands[platform](step, steps.slice(0, index)),
  }));
}

type Write = (step: RemedyStep, earlier: readonly RemedyStep[]) => string | null;

const writeForWindows: Write = (step, earlier) => {
  switch (step.do) {
    case 'stop-service':
      return `net stop ${step.service} /y`;
    case 'start-service':
      return `net start ${step.service}`;
    case 'move-aside':
      return `move ${quoted(step.path)} ${quoted(`${step.path}.old`)}`;
    case 'move-contents-aside':
      return [
        `mkdir ${quoted(`${step.path}.old`)}`,
        ...step.matching.map(
          (pattern) => `move ${quoted(`${step.path}\\${pattern}`)} ${quoted(`${step.path}.old`)}`,
        ),
      ].join('\n');
    case 'copy-aside':
      return `copy ${quoted(step.path)} ${quoted(savedName(step.path, '\\', '%USERPROFILE%\\'))}`;
    case 'put-back': {
      const path = copiedPath(step.copy, earlier);
      return `copy ${quoted(savedName(path, '\\', '%USERPROFILE%\\'))} ${quoted(path)}`;
    }
    case 'delete-copy':
      return `del ${quoted(savedName(copiedPath(step.copy, earlier), '\\', '%USERPROFILE%\\'))}`;
    case 'make-folder':
      return `mkdir ${quoted(step.path)}`;
    case 'set-registry':
      return `reg add ${quoted(step.key)} /v ${step.name} /t ${step.type} /d ${quoted(step.data)}`;
    case 'remove-registry':
      return `reg delete ${quoted(step.key)} /v ${step.name}`;
    case 'run-tool':
      return [step.tool, ...step.arguments].join(' ');
    case 'wait':
    case 'check':
    case 'ask':
      return null;
  }
};

const writeForLinux: Write = (step, earlier) => {
  switch (step.do) {
    case 'stop-service':
      return `systemctl stop ${step.service}`;
    case 'start-service':
      return `systemctl start ${step.service}`;
    case 'move-aside':
      return `mv ${quotedForSh(step.path)} ${quotedForSh(`${step.path}.old`)}`;
    case 'move-contents-aside':
      return [
        'mkdir -p ~/kept',
        ...step.matching.map((pattern) => `mv ${quotedForSh(step.path)}/${pattern} ~/kept/`),
      ].join('\n');
    case 'copy-aside':
      return `cp -a ${quotedForSh(step.path)} ~/`;
    case 'put-back': {
      const path = copiedPath(step.copy, earlier);
      return `cp -a ~/${quotedForSh(savedName(path, '/', ''))} ${quotedForSh(path)}`;
    }
    case 'delete-copy':
      return `rm -r ~/${quotedForSh(savedName(copiedPath(step.copy, earlier), '/', ''))}`;
    case 'make-folder':
      return `mkdir ${quotedForSh(step.path)}`;
    case 'run-tool':
      return [step.tool, ...step.arguments].join(' ');
    case 'set-registry':
    case 'remove-registry':
    case 'wait':
    case 'check':
    case 'ask':
      return null;
  }
};

const writeCommands: Readonly<Record<RemedyPlatform, Write>> = {
  windows: writeForWindows,
  linux: writeForLinux,
};

function copiedPath(id: string, earlier: readonly RemedyStep[]): string {
  const step = earlier.find((other) => other.id === id);
  return step?.do === 'copy-aside' ? step.path : id;
}

function savedName(path: string, separator: string, folder: string): string {
  return `${folder}${path.slice(path.lastIndexOf(separator) + 1)}`;
}

function quoted(value: string): string {
  return `"${showPath(value)}"`;
}

function quotedForSh(path: string): string {
  const shown = path.replaceAll('{machine-id}', '*');
  return /^[\w./@*-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
