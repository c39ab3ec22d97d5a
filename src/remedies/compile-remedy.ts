import { compileCmd } from './compile-cmd.ts';
import { compilePowerShell } from './compile-powershell.ts';
import { compileSh } from './compile-sh.ts';
import { planRemedy } from './plan.ts';
import type { Remedy, RemedyMode, RemedyPlatform } from './remedy.ts';

export type ScriptLanguage = 'ps1' | 'cmd' | 'sh';

/** The texts of the files in `runtime/`: what the scripts of a language have in common. */
export type ScriptRuntimes = Readonly<Record<ScriptLanguage, string>>;

export type Script = {
  /** Such as `windows-update-store-default.ps1`. */
  readonly name: string;
  readonly language: ScriptLanguage;
  readonly mode: RemedyMode;
  /** As it is downloaded: line ends of the platform, and a byte order mark where PowerShell 5.1 needs one. */
  readonly text: string;
};

const languagesOf: Readonly<Record<RemedyPlatform, readonly ScriptLanguage[]>> = {
  windows: ['ps1', 'cmd'],
  linux: ['sh'],
};

/** All scripts of a remedy. Throws UnquotableValue or UnplannableRemedy for one that lint refuses. */
export function compileRemedy(remedy: Remedy, runtimes: ScriptRuntimes): Script[] {
  const languages = remedy.platforms.flatMap((platform) => languagesOf[platform]);
  return modesOf(remedy).flatMap((mode) =>
    languages.map((language) => ({
      name: `${remedy.id}-${mode}.${language}`,
      language,
      mode,
      text: compilers[language](planRemedy(remedy, mode), runtimes[language]),
    })),
  );
}

export function modesOf(remedy: Remedy): RemedyMode[] {
  return remedy.aggressive === undefined ? ['default'] : ['default', 'aggressive'];
}

const compilers = { ps1: compilePowerShell, cmd: compileCmd, sh: compileSh };
