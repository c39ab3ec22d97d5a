import { html } from 'hono/html';
import { modesOf, type ScriptLanguage } from '../../remedies/compile-remedy.ts';
import { describeStep } from '../../remedies/describe-step.ts';
import { listStepsOfMode } from '../../remedies/plan.ts';
import type { Remedy, RemedyMode } from '../../remedies/remedy.ts';
import type { OfferedRemedy, OfferedScript, RemedyTally } from '../../remedies/remedy-library.ts';
import { paths } from '../links.ts';
import type { Markup } from './markup.ts';
import { countOf } from './wording.ts';

export type ShownRemedy = {
  readonly offered: OfferedRemedy;
  readonly tallies: Readonly<Record<RemedyMode, RemedyTally>>;
  /** The article has not changed materially since the revision that the remedy was reviewed for. */
  readonly isReviewed: boolean;
};

/** The fix that runs: what it does in both modes side by side, the scripts, and how it went for others. */
export function remedyCard(shown: ShownRemedy): Markup {
  const { remedy } = shown.offered;
  return html`<section class="card remedy" aria-labelledby="remedy-${remedy.id}">
<h3 id="remedy-${remedy.id}">Fix it: ${remedy.title} <span class="quiet">runs offline · keeps backups · ${howUndone(remedy)}</span></h3>
<p>${remedy.summary}</p>
${!shown.isReviewed && notReviewedNote(remedy)}
${remedy.loses.length > 0 && html`<p><strong>Before you run it:</strong> ${remedy.loses.join(' ')}</p>`}
<div class="modes">${modesOf(remedy).map((mode) => modeColumn(shown, mode))}</div>
<p class="quiet">${remedy.needs.administrator && 'Needs an administrator · '}about ${countOf(remedy.needs.minutes, 'minute')} · signed with Ed25519 · <a href="${paths.remedy(remedy.id)}">every step, checksums, and how to do it by hand</a></p>
</section>`;
}

export function notReviewedNote(remedy: Remedy): Markup {
  return html`<div class="note bad"><p><strong>Not yet reviewed for this revision.</strong> The article has changed materially since revision ${remedy.article.revision}, for which this remedy was reviewed. Compare the steps with the article before you run it.</p></div>`;
}

function howUndone(remedy: Remedy): string {
  const isWhole = !remedy.steps.some((step) => step.do === 'run-tool' && 'impossible' in step.undo);
  return isWhole ? 'can be undone' : 'can be undone in part';
}

function modeColumn({ offered, tallies }: ShownRemedy, mode: RemedyMode): Markup {
  const { remedy, scripts } = offered;
  const steps = listStepsOfMode(remedy, mode);
  const before = mode === 'default' ? [] : listStepsOfMode(remedy, 'default');
  const shownSteps = steps.filter((step) => !before.includes(step));
  return html`<div>
<h4>${mode === 'default' ? 'Default' : 'Aggressive: all of that, and'}</h4>
<ol>${shownSteps.map((step) => html`<li>${describeStep(step, remedy.steps)}</li>`)}</ol>
${mode === 'aggressive' && html`<ul>${remedy.aggressive?.effects.map((effect) => html`<li>${effect}</li>`)}</ul>`}
<p class="row">${scripts.filter((script) => script.mode === mode).map((script) => downloadLink(remedy, script))}</p>
<p class="quiet">${offered.scripts.filter((script) => script.mode === mode).map((script) => html`<span class="num">.${script.language} SHA-256 ${script.sha256.slice(0, 8)}…${script.sha256.slice(-8)}</span> <a href="${paths.remedyFile(remedy.id, `${script.name}.sig`)}" download>signature</a><br>`)}</p>
${tallyLine(tallies[mode])}
</div>`;
}

const languageNames: Readonly<Record<ScriptLanguage, string>> = {
  ps1: 'PowerShell',
  cmd: 'Command prompt',
  sh: 'Shell',
};

function downloadLink(remedy: Remedy, script: OfferedScript): Markup {
  const look = script.mode === 'default' ? 'btn' : 'btn plain';
  return html`<a class="${look}" href="${paths.remedyFile(remedy.id, script.name)}" download>${languageNames[script.language]} <span class="quiet">.${script.language}</span></a> `;
}

/** "Fixed it for 14 of 17 who told"; nothing where nobody has. */
export function tallyLine(tally: RemedyTally): Markup | null {
  const all = tally.fixed + tally.partly + tally['not-fixed'];
  if (all === 0) return null;
  const share = (count: number) => Math.round((count / all) * 100);
  return html`<p class="quiet num">Fixed it for ${tally.fixed} of ${all} who told</p>
<svg class="tally" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${tally.fixed} fixed, ${tally.partly} partly, ${tally['not-fixed']} not"><rect width="100" height="4" class="rest"/><rect width="${share(tally.fixed) + share(tally.partly)}" height="4" class="part"/><rect width="${share(tally.fixed)}" height="4" class="yes"/></svg>`;
}
