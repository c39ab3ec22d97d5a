import { compileRemedy, modesOf } from './compile-remedy.ts';
import { platformOf, UnplannableRemedy } from './plan.ts';
import { UnquotableValue } from './quoting.ts';
import type { Remedy, RemedyCondition, RemedyPlatform, RemedyStep } from './remedy.ts';
import { tools } from './tools-data.ts';

/** What is wrong with a remedy beyond its form, one sentence each; empty: its scripts can be made. */
export function lintRemedy(remedy: Remedy): string[] {
  const problems = [
    ...remedy.steps.flatMap((step, index) => lintStep(remedy, step, index)),
    ...remedy.verify.flatMap((condition) => lintCondition(condition, platformOf(remedy), 'verify')),
    ...lintIds(remedy),
    ...lintModes(remedy),
    ...lintServices(remedy),
  ];
  return problems.length > 0 ? [...new Set(problems)] : lintScripts(remedy);
}

function lintStep(remedy: Remedy, step: RemedyStep, index: number): string[] {
  const at = `step ${index + 1} (${step.do})`;
  const platform = platformOf(remedy);
  const problems = [...step.before, ...step.after].flatMap((condition) =>
    lintCondition(condition, platform, at),
  );
  switch (step.do) {
    case 'move-aside':
    case 'move-contents-aside':
      problems.push(...lintPath(step.path, platform, at, takesAll(step) ? 2 : 1));
      if (step.to === 'backup' && platform === 'windows') {
        problems.push(`${at}: on Windows things are moved beside themselves only.`);
      }
      break;
    case 'copy-aside':
    case 'make-folder':
      problems.push(...lintPath(step.path, platform, at));
      break;
    case 'put-back':
    case 'delete-copy':
      problems.push(...lintCopy(remedy, step, index, at));
      break;
    case 'set-registry':
    case 'remove-registry':
      problems.push(...lintRegistry(step, platform, at));
      break;
    case 'run-tool':
      problems.push(...lintTool(step, 'acts', platform, at));
      if ('tool' in step.undo) problems.push(...lintTool(step.undo, 'acts', platform, `${at}, undo`));
      break;
    case 'check':
      problems.push(...lintCondition(step.that, platform, at));
      break;
  }
  return problems;
}

/** Names that say what is meant, such as `*.dpkg-bak`, may be taken out of a folder of the system, too. */
function takesAll(step: RemedyStep): boolean {
  return (
    step.do !== 'move-contents-aside' ||
    step.matching.some((pattern) => pattern.replaceAll('*', '').length < 4)
  );
}

function lintCondition(condition: RemedyCondition, platform: RemedyPlatform, at: string): string[] {
  if ('path' in condition)
    return lintPath(condition.path, platform, at, condition.is === 'free-space' ? 1 : 2);
  return condition.is === 'tool-succeeds' ? lintTool(condition, 'asks', platform, at) : [];
}

const windowsPath = /^\{(windows|system32|program-data)\}((?:\\[^\\/:*?"<>|%{}]+)*)$/;
const linuxPath = /^(?:\/[^/*?{}]+|\/\{machine-id\})+$/;

/** Paths are whole, without wildcards and `..`, and at least so many names deep that no tree of the system is meant. */
function lintPath(path: string, platform: RemedyPlatform, at: string, leastDepth = 2): string[] {
  const names = path.split(platform === 'windows' ? '\\' : '/').filter((name) => name !== '');
  const isWhole = (platform === 'windows' ? windowsPath : linuxPath).test(path);
  if (!isWhole) {
    return [
      platform === 'windows'
        ? `${at}: ${path} must begin with {windows}, {system32} or {program-data} and have no wildcards.`
        : `${at}: ${path} must be absolute and have no wildcards, no double or last slash.`,
    ];
  }
  if (names.some((name) => /^\.+$/.test(name) || /[. ]$/.test(name)))
    return [`${at}: ${path} has a name that is no name.`];
  if (names.length < leastDepth) return [`${at}: ${path} is too much; name what is meant within it.`];
  return [];
}

function lintRegistry(
  step: Extract<RemedyStep, { do: 'set-registry' | 'remove-registry' }>,
  platform: RemedyPlatform,
  at: string,
): string[] {
  if (platform !== 'windows') return [`${at}: only Windows has a registry.`];
  if (!/^(HKLM|HKCU)(\\[^\\"%*?]+){2,}$/.test(step.key)) {
    return [`${at}: ${step.key} must begin with HKLM\\ or HKCU\\ and be at least three names deep.`];
  }
  if (step.do === 'set-registry' && step.type === 'REG_DWORD' && !/^\d{1,10}$/.test(step.data)) {
    return [`${at}: a REG_DWORD is a decimal number.`];
  }
  return [];
}

function lintTool(
  call: { readonly tool: string; readonly arguments: readonly string[] },
  purpose: 'asks' | 'acts',
  platform: RemedyPlatform,
  at: string,
): string[] {
  const tool = tools[call.tool];
  if (tool === undefined || !Object.hasOwn(tools, call.tool))
    return [`${at}: there is no tool "${call.tool}".`];
  if (tool.platform !== platform) return [`${at}: ${call.tool} is no tool of ${platform}.`];
  const forms = purpose === 'asks' ? tool.asks : tool.acts;
  const isAllowed = forms.some(
    (form) =>
      form.length === call.arguments.length &&
      form.every((word, index) =>
        word === '*' ? !call.arguments[index]?.startsWith('/') : word === call.arguments[index],
      ),
  );
  if (isAllowed) return [];
  const known = forms.map((form) => `"${[call.tool, ...form].join(' ')}"`).join(', ');
  return [
    `${at}: "${[call.tool, ...call.arguments].join(' ')}" is not in the list of what ${purpose === 'asks' ? 'conditions may ask' : 'steps may run'}${known === '' ? '' : ` (${known})`}.`,
  ];
}

function lintCopy(
  remedy: Remedy,
  step: Extract<RemedyStep, { do: 'put-back' | 'delete-copy' }>,
  index: number,
  at: string,
): string[] {
  const copy = remedy.steps.slice(0, index).find((other) => other.id === step.copy);
  if (copy?.do !== 'copy-aside') return [`${at}: no earlier step "${step.copy}" copies something.`];
  if (copy.mode === 'aggressive' && step.mode === 'default') {
    return [`${at}: it needs the copy of a step that only the aggressive mode has.`];
  }
  return [];
}

function lintIds(remedy: Remedy): string[] {
  const ids = remedy.steps.flatMap((step) => step.id ?? []);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `Two steps have the id "${id}".`);
}

function lintModes(remedy: Remedy): string[] {
  const hasAggressiveSteps = remedy.steps.some((step) => step.mode === 'aggressive');
  if (!remedy.steps.some((step) => step.mode === 'default')) return ['The default mode has no steps.'];
  if (hasAggressiveSteps && remedy.aggressive === undefined) {
    return ['Steps are marked aggressive, but "aggressive" does not list their effects.'];
  }
  if (!hasAggressiveSteps && remedy.aggressive !== undefined) {
    return ['"aggressive" lists effects, but no step is marked aggressive.'];
  }
  return [];
}

/** A service that stays stopped is a new fault; one that is started "again" must have been stopped. */
function lintServices(remedy: Remedy): string[] {
  return modesOf(remedy).flatMap((mode) => {
    const steps = remedy.steps.filter((step) => mode === 'aggressive' || step.mode === 'default');
    const problems: string[] = [];
    const stopped = new Set<string>();
    for (const step of steps) {
      if (step.do === 'stop-service') stopped.add(step.service);
      if (step.do !== 'start-service') continue;
      if (!stopped.has(step.service) && !step.always) {
        problems.push(
          `No step before stops ${step.service}, so it can't be started again; or say "always: true".`,
        );
      }
      stopped.delete(step.service);
    }
    return [
      ...problems,
      ...[...stopped].map((service) => `${service} is stopped and not started again (${mode} mode).`),
    ];
  });
}

function lintScripts(remedy: Remedy): string[] {
  try {
    compileRemedy(remedy, { sh: '', cmd: '', ps1: '' });
    return [];
  } catch (error) {
    if (error instanceof UnquotableValue || error instanceof UnplannableRemedy) return [error.message];
    throw error;
  }
}
