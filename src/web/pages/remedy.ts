import { html } from 'hono/html';
import type { Article } from '../../knowledge/article.ts';
import type { Source } from '../../knowledge/source.ts';
import { modesOf } from '../../remedies/compile-remedy.ts';
import { describeCondition, describeUndo } from '../../remedies/describe-step.ts';
import { listManualSteps } from '../../remedies/manual-steps.ts';
import { listStepsOfMode } from '../../remedies/plan.ts';
import type { Remedy, RemedyMode } from '../../remedies/remedy.ts';
import { isReviewed, type OfferedScript } from '../../remedies/remedy-library.ts';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { notReviewedNote, type ShownRemedy, tallyLine } from '../parts/remedy-card.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'archive' | 'remedies' | 'remedyReports'>;

/** A remedy with everything about it: each step, by hand too, its scripts with checksums, and how it went. */
export function showRemedy(ports: Ports): Action {
  return async (c) => {
    const offered = await ports.remedies.findRemedy(c.req.param('id') ?? '');
    if (offered === null) return notFoundPage(c, 'page');
    const { remedy } = offered;
    const article = await findArticleOf(ports.archive, remedy);
    const sources = await ports.archive.listSources();
    const all = article === null ? [] : await loadRemedies(ports, article, sources);
    const shown = all.find((one) => one.offered === offered);
    const tallies = await ports.remedyReports.countOutcomes(remedy.id);
    const main = html`<article class="remedy">
<h1>${remedy.title}</h1>
<p class="lead">${remedy.summary}</p>
${article !== null && html`<p>It belongs to the article <a href="${paths.article(article.id)}">${article.title}</a>.</p>`}
${shown?.isReviewed === false && notReviewedNote(remedy)}
${remedy.loses.length > 0 && html`<h2>What you would lose, and how it is kept</h2><ul>${remedy.loses.map((words) => html`<li>${words}</li>`)}</ul>`}
${modesOf(remedy).map((mode) => modeSection(remedy, mode))}
<h2>How it knows that the fault is gone</h2>
<ul>${remedy.verify.map((condition) => html`<li>${capital(describeCondition(condition))}.</li>`)}</ul>
${remedy.afterwards.length > 0 && html`<h2>Afterwards</h2><ul>${remedy.afterwards.map((words) => html`<li>${words}</li>`)}</ul>`}
${scriptsSection(remedy, offered.scripts)}
<h2 id="told">How it went</h2>
${modesOf(remedy).map((mode) => html`<h3>${nameMode(mode)}</h3>${tallyLine(tallies[mode]) ?? html`<p class="quiet">Nobody has told yet.</p>`}${reportForm(remedy, mode)}`)}
</article>`;
    return renderPage(c, {
      title: remedy.title,
      main,
      canonical: paths.remedy(remedy.id),
      description: remedy.summary,
    });
  };
}

/** The remedies of an article with what readers told of them. */
export async function loadRemedies(
  ports: Ports,
  article: Article,
  sources: readonly Source[],
): Promise<ShownRemedy[]> {
  const source = sources.find((one) => one.id === article.sourceId);
  if (source === undefined) return [];
  const offered = await ports.remedies.listRemediesOf({ source: source.name, key: article.key });
  if (offered.length === 0) return [];
  const changes = await ports.archive.listChanges({
    articleId: article.id,
    limit: 500,
    leastSignificance: 'material',
  });
  return Promise.all(
    offered.map(async (one) => ({
      offered: one,
      tallies: await ports.remedyReports.countOutcomes(one.remedy.id),
      isReviewed: isReviewed(one.remedy, changes),
    })),
  );
}

async function findArticleOf(archive: SitePorts['archive'], { article }: Remedy): Promise<Article | null> {
  const source = await archive.findSource(article.source);
  if (source === null) return null;
  const found = await archive.findArticlesByName(article.key);
  return found.find((one) => one.sourceId === source.id) ?? null;
}

function nameMode(mode: RemedyMode): string {
  return mode === 'default' ? 'Default mode' : 'Aggressive mode';
}

function modeSection(remedy: Remedy, mode: RemedyMode): Markup {
  const steps = listStepsOfMode(remedy, mode);
  const manual = listManualSteps(remedy, mode);
  return html`<h2>${nameMode(mode)}, step by step</h2>
${mode === 'aggressive' && html`<p>It does all that the default mode does. Besides:</p><ul>${remedy.aggressive?.effects.map((effect) => html`<li>${effect}</li>`)}</ul>`}
<ol class="remedy-steps">${steps.map((step, index) => {
    const undo = describeUndo(step);
    const { words = '', because = null, commands = null } = manual[index] ?? {};
    return html`<li><p>${words}.${because !== null && html` <span class="quiet">${because}</span>`}</p>
${undo !== null && html`<p class="meta">Undo: ${undo}.</p>`}
${commands !== null && html`<details><summary>By hand</summary><pre><code>${commands}</code></pre></details>`}</li>`;
  })}</ol>`;
}

function scriptsSection(remedy: Remedy, scripts: readonly OfferedScript[]): Markup {
  return html`<h2 id="scripts">Scripts</h2>
<p>They run offline, keep backups and a log, stop at the first failed check and then take back what they did. Try them with <code>-WhatIf</code> (<code>--dry-run</code>) first, which writes nothing; <code>-Undo</code> (<code>--undo</code>) takes a run back.</p>
<ul class="scripts">${scripts.map(
    (script) =>
      html`<li><a href="${paths.remedyFile(remedy.id, script.name)}" download>${script.name}</a> · <a href="${paths.remedyFile(remedy.id, `${script.name}.sig`)}" download>signature</a><br><span class="quiet">SHA-256 <code>${script.sha256}</code></span></li>`,
  )}</ul>
<details><summary>Check a signature</summary><p>With the <a href="${paths.remedyKey}" download>public key</a> of this site, on any machine with OpenSSL 3:</p>
<pre><code>base64 -d ${scripts[0]?.name ?? 'script'}.sig &gt; script.sig
openssl pkeyutl -verify -rawin -pubin -inkey kbalertz-remedies.pem -in ${scripts[0]?.name ?? 'script'} -sigfile script.sig</code></pre></details>`;
}

function reportForm(remedy: Remedy, mode: RemedyMode): Markup {
  const button = (outcome: string, words: string) =>
    html`<button class="btn plain" name="outcome" value="${outcome}">${words}</button>`;
  return html`<form class="row noprint" method="post" action="${paths.remedy(remedy.id)}/report"><input type="hidden" name="mode" value="${mode}">
${button('fixed', 'It fixed it')} ${button('partly', 'Partly')} ${button('not-fixed', 'It did not')}</form>`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
