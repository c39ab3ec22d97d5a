import { html } from 'hono/html';
import { type Outcome, outcomes, type ReportReason, reportReasons } from '../../community/feedback.ts';
import type { Article } from '../../knowledge/article.ts';
import { asId, type FeedbackId, type TechnologyId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { feedbackText } from '../parts/feedback-text.ts';
import { nameAuthor, packMasked, reasonWords } from '../parts/feedback-words.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import { notFoundPage, problemPage } from '../parts/problem-page.ts';
import { dayTag } from '../parts/time.ts';
import { readForm } from '../read-form.ts';
import { findClientNetwork } from '../security/client-network.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'archive' | 'community'>;

const idOf = (c: SiteContext) => asId<FeedbackId>(Number(c.req.param('id')));
const personOf = (c: SiteContext) => ({
  accountId: c.get('visitor')?.account.id ?? null,
  network: findClientNetwork(c),
});

/** Takes what a reader tells below an article. */
export function giveFeedback({ archive, community }: Ports): Action {
  return async (c) => {
    const article = await archive.findArticle(asId(Number(c.req.param('id'))));
    if (article === null) return notFoundPage(c, 'article');
    const form = await readForm(c);
    const outcome: Outcome | undefined = outcomes.find((one) => one === form.text('outcome'));
    if (outcome === undefined) return refuse(c, article, 'You did not say whether it worked.');
    const given = await community.giveFeedback({
      person: personOf(c),
      articleId: article.id,
      revision: readRevision(form.text('revision'), article),
      authorName: form.text('name'),
      outcome,
      didHarm: form.has('harm'),
      technologyId: await readTechnology({ archive }, article, form.text('technology')),
      version: form.text('version'),
      text: form.text('text'),
    });
    switch (given.kind) {
      case 'no-anonymous':
        return c.redirect(paths.signIn);
      case 'no-text':
        return refuse(c, article, 'Without an account an outcome alone is not counted: say what you did.');
      case 'too-long':
        return refuse(c, article, 'The text is longer than 5,000 characters.');
      case 'limited':
        return tooMany(c, given.retryAfterMs);
      default: {
        const masked = packMasked(given.masked);
        const query = `said=feedback-${given.kind}${masked === '' ? '' : `&masked=${masked}`}`;
        return c.redirect(`${paths.article(article.id)}?${query}#feedback`);
      }
    }
  };
}

/** The revision that the reader had before the eyes. */
function readRevision(text: string, article: Article): number {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 1 && number <= article.revision
    ? number
    : article.revision;
}

async function readTechnology(
  { archive }: Pick<Ports, 'archive'>,
  article: Article,
  text: string,
): Promise<TechnologyId | null> {
  const technologies = await archive.listTechnologiesOfArticle(article.id);
  return technologies.find(({ id }) => String(id) === text)?.id ?? null;
}

/** Asks why feedback is irrelevant. */
export function showReport({ archive, community }: Ports): Action {
  return async (c) => {
    const feedback = await community.findFeedback(idOf(c));
    if (feedback === null || feedback.state !== 'shown') return notFoundPage(c, 'feedback');
    const article = await archive.findArticle(feedback.articleId);
    if (article === null) return notFoundPage(c, 'article');
    const main = html`<div class="cols narrow"><div>
<h1>Report as irrelevant</h1>
<p>Below <a href="${paths.article(article.id)}#f${feedback.id}">${article.title}</a>, ${nameAuthor(feedback)} wrote ${dayTag(feedback.writtenAt)}:</p>
<div class="card">${feedbackText(feedback.body, feedback.standing)}</div>
<form method="post">
<fieldset><legend>What is wrong with it?</legend><ul class="plain">${reportReasons.map((reason) => html`<li><label><input type="radio" name="reason" value="${reason}" required> ${reasonWords[reason]}</label></li>`)}</ul></fieldset>
${field({ label: 'Anything to add', name: 'note', maxLength: 500, hint: 'Only moderators read it.' })}
<button class="btn">Report</button>
</form></div></div>`;
    return renderPage(c, { title: 'Report as irrelevant', main, isPrivate: true });
  };
}

/** Takes a report; its weight works at once. */
export function reportFeedback({ community }: Ports): Action {
  return async (c) => {
    const feedback = await community.findFeedback(idOf(c));
    if (feedback === null) return notFoundPage(c, 'feedback');
    const form = await readForm(c);
    const reason: ReportReason | undefined = reportReasons.find((one) => one === form.text('reason'));
    if (reason === undefined) return c.redirect(`${paths.feedback(feedback.id)}/report`);
    const outcome = await community.reportFeedback({
      person: personOf(c),
      feedbackId: feedback.id,
      reason,
      note: form.text('note'),
    });
    if (outcome.kind === 'limited') return tooMany(c, outcome.retryAfterMs);
    const said = outcome.kind === 'not-found' ? 'report-gone' : outcome.kind;
    return c.redirect(`${paths.article(feedback.articleId)}?said=${said}#feedback`);
  };
}

/** Counts a reader whom it helped; only people with an account are counted, each once. */
export function markHelped({ community }: Ports): Action {
  return async (c) => {
    const feedback = await community.findFeedback(idOf(c));
    if (feedback === null) return notFoundPage(c, 'feedback');
    const visitor = c.get('visitor');
    if (visitor === null) return c.redirect(paths.signIn);
    await community.markHelped(feedback.id, visitor.account.id);
    return c.redirect(`${paths.article(feedback.articleId)}#f${feedback.id}`);
  };
}

function refuse(c: SiteContext, article: Article, happened: string) {
  return problemPage(c, {
    status: 400,
    title: 'Your feedback was not taken',
    happened,
    kept: 'Nothing was saved.',
    next: html`Go back, where your browser keeps what you typed, or to <a href="${paths.article(article.id)}#feedback">the article</a>.`,
  });
}

function tooMany(c: SiteContext, retryAfterMs: number) {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  c.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  return problemPage(c, {
    status: 429,
    title: 'That was much in a short time',
    happened:
      'We take only so much from one writer or network in a while, and more from those whose feedback stood the test.',
    kept: 'What you sent before is kept, this was not.',
    next: `Try again in ${minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`}. Your browser keeps what you typed if you go back.`,
  });
}
