import { html } from 'hono/html';
import type { OwnFeedback } from '../../community/feedback-store.ts';
import { asId, type FeedbackId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { accountTabs } from '../parts/account-tabs.ts';
import { feedbackText } from '../parts/feedback-text.ts';
import { nameOutcome, reasonWords } from '../parts/feedback-words.ts';
import { field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { dayTag } from '../parts/time.ts';
import { readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'community'>;
const idOf = (c: SiteContext) => asId<FeedbackId>(Number(c.req.param('id')));

/** What an account wrote, where it stands and why, and what can be done about it. */
export function showOwnFeedback({ community }: Ports): Action {
  return async (c) => {
    const own = await community.listOwnFeedback(readVisitor(c).account.id);
    const main = html`<div class="cols wide"><div>${accountTabs(paths.ownFeedback)}
<h1>Your feedback</h1>
${saidNote(c.req.query('said'))}
${own.length === 0 ? html`<p class="lead">You have told nothing yet. Below each article you can say whether it worked for you.</p>` : html`<ol class="log">${own.map(ownEntry)}</ol>`}
</div></div>`;
    return renderPage(c, { title: 'Your feedback', main, isPrivate: true });
  };
}

function ownEntry({ feedback, articleTitle, lastStep, canAppeal }: OwnFeedback): Markup {
  const { label, tone } = nameOutcome(feedback);
  const at = `${paths.ownFeedback}/${feedback.id}`;
  const because = lastStep?.reason ? ` (${reasonWords[lastStep.reason].toLowerCase()})` : '';
  return html`<li><span class="kind ${tone}">${label}</span><div>
<h2><a href="${paths.article(feedback.articleId)}#feedback">${articleTitle}</a></h2>
${feedbackText(feedback.body, feedback.standing)}
<p class="meta">${dayTag(feedback.writtenAt)} · ${stateWords(feedback)}${(feedback.state === 'folded' || feedback.state === 'hidden') && because}</p>
${canAppeal && html`<details><summary>Appeal</summary><form method="post" action="${at}/appeal">${field({ label: 'Why it should be shown', name: 'text', maxLength: 500, isRequired: true })}<button class="btn">Ask a moderator to look again</button></form></details>`}
<form method="post" action="${at}/withdraw"><button class="link danger">Take it back</button></form>
</div></li>`;
}

function stateWords({ state, queuedBecause }: OwnFeedback['feedback']): string {
  if (queuedBecause === 'appeal') return 'a moderator looks at it again';
  if (state === 'shown') return 'shown';
  if (state === 'merged') return 'counted with another that says the same';
  if (state === 'held') return queuedBecause === null ? 'not shown' : 'waits for a moderator';
  return state === 'folded' ? 'folded as irrelevant' : 'put away';
}

export function appeal({ community }: Ports): Action {
  return async (c) => {
    const text = (await readForm(c)).text('text');
    const outcome = await community.appeal(idOf(c), readVisitor(c).account.id, text);
    return c.redirect(`${paths.ownFeedback}?said=${outcome}`);
  };
}

export function withdraw({ community }: Ports): Action {
  return async (c) => {
    const wasDone = await community.withdraw(idOf(c), readVisitor(c).account.id);
    return c.redirect(`${paths.ownFeedback}?said=${wasDone ? 'withdrawn' : 'not-yours'}`);
  };
}
