import { html } from 'hono/html';
import { reportReasons } from '../../community/feedback.ts';
import type { QueuedFeedback } from '../../community/feedback-store.ts';
import { type Verdict, verdicts } from '../../community/judge-feedback.ts';
import { asId, type DecisionId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { destructionNote, feedbackText } from '../parts/feedback-text.ts';
import { nameAuthor, nameOutcome, reasonWords } from '../parts/feedback-words.ts';
import { withParameters } from '../parts/filter-chips.ts';
import type { Markup } from '../parts/markup.ts';
import { dayTag, minuteTag } from '../parts/time.ts';
import { countOf, listOf } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'community' | 'outbox'>;
const shown = 25;
const shownTrail = 100;

const verdictWords: Readonly<Record<Verdict, { readonly key: string; readonly text: string }>> = {
  agree: { key: 'a', text: 'Agree: put away' },
  disagree: { key: 'd', text: 'Disagree: show' },
  ignore: { key: 'i', text: 'Ignore' },
};

/** What waits for a moderator: one key each, or many at once. */
export function showQueue(ports: Ports): Action {
  return async (c) => {
    const [queue, count] = await Promise.all([
      ports.community.listQueue(shown),
      ports.community.countQueue(),
    ]);
    const main = html`<p class="lead">${count === 0 ? 'Nothing waits for you.' : `${countOf(count, 'waits', 'wait')} for a word: is it irrelevant, as its reports or what held it say?`} <a href="${paths.moderationTrail}">What was decided</a></p>
${
  queue.length > 0 &&
  html`<p class="quiet">Keys: <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>a</kbd> agree, <kbd>d</kbd> disagree, <kbd>i</kbd> ignore, <kbd>x</kbd> choose for all at once.</p>
<form method="post" id="many"></form>
<ol class="log" data-verdicts>${queue.map(queueEntry)}</ol>
<div class="bar actions"><span>All that are ticked:</span>${verdicts.map((verdict) => html`<button class="btn plain small" form="many" name="verdict" value="${verdict}">${verdictWords[verdict].text}</button>`)}</div>`
}`;
    return adminPage(c, {
      title: 'Moderation',
      tab: paths.moderation,
      main,
      hasOutbox: ports.outbox !== null,
    });
  };
}

function queueEntry(queued: QueuedFeedback): Markup {
  const { feedback, technology, appeal, reportReasons: reports } = queued;
  const { label, tone } = nameOutcome(feedback);
  const where = [technology, feedback.version].filter(Boolean).join(', ');
  const notes = reports.filter(({ note }) => note !== '');
  return html`<li tabindex="-1"><div><span class="kind ${tone}">${label}</span><p class="meta"><label><input type="checkbox" form="many" name="feedback" value="${feedback.id}"> choose</label></p></div><div>
<h2><a href="${paths.article(feedback.articleId)}#feedback">${queued.articleTitle}</a></h2>
<p class="why">${whyQueued(queued)}</p>
${notes.length > 0 && html`<ul>${notes.map(({ note }) => html`<li>${note}</li>`)}</ul>`}
${appeal !== null && appeal !== '' && html`<p><strong>The writer says:</strong> ${appeal}</p>`}
<div class="card">${destructionNote(feedback.body)}${feedbackText(feedback.body, feedback.standing)}</div>
<p class="meta">${nameAuthor(feedback)} · ${dayTag(feedback.writtenAt)}${where !== '' && ` · ${where}`} · revision ${feedback.revision} · ${feedback.state}</p>
<form method="post" class="actions"><input type="hidden" name="feedback" value="${feedback.id}">
${verdicts.map((verdict) => html`<button class="btn plain small" name="verdict" value="${verdict}" data-key="${verdictWords[verdict].key}">${verdictWords[verdict].text}</button>`)}
<select name="reason" aria-label="What you agree with">${reportReasons.map((reason) => html`<option value="${reason}"${reason === mainReason(queued) && html` selected`}>${reasonWords[reason]}</option>`)}</select>
</form></div></li>`;
}

/** What most reports say; what was held is held as spam. */
function mainReason({ reportReasons: reports }: QueuedFeedback) {
  const counts = Map.groupBy(reports, (report) => report.reason);
  return [...counts].sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? 'spam';
}

function whyQueued({ feedback, suspicion, reportReasons: reports }: QueuedFeedback): string {
  const percent =
    suspicion === null ? '' : ` The filter gives it ${Math.round(suspicion * 100)} % to be unwanted.`;
  switch (feedback.queuedBecause) {
    case 'anonymous':
      return `Held: written without an account.${percent}`;
    case 'new-writer':
      return `Held: a new account wrote links.${percent}`;
    case 'suspicious':
      return feedback.state === 'held'
        ? `Held: it or its writer is like what was put away before.${percent}`
        : `Its writer had something put away as spam or abuse.${percent}`;
    default: {
      const counts = [...Map.groupBy(reports, (report) => report.reason)].map(
        ([reason, some]) => `${reasonWords[reason].toLowerCase()} (${some.length})`,
      );
      const by = counts.length === 0 ? 'Put away' : `Reported: ${listOf(counts)}`;
      return feedback.queuedBecause === 'appeal' ? `Its writer appeals. ${by}.` : `${by}.`;
    }
  }
}

/** A moderator's word on one or many. */
export function decide({ community }: Ports): Action {
  return async (c) => {
    const form = await readForm(c);
    const verdict = verdicts.find((one) => one === form.text('verdict'));
    if (verdict === undefined) return c.redirect(paths.moderation);
    const reason = reportReasons.find((one) => one === form.text('reason')) ?? null;
    const on = form
      .all('feedback')
      .slice(0, shown)
      .map((id) => ({ feedbackId: asId<never>(Number(id)), reason }))
      .filter(({ feedbackId }) => Number.isSafeInteger(feedbackId));
    const decided = await community.decide({ moderatorId: readVisitor(c).account.id, verdict, on });
    return c.redirect(`${paths.moderation}?said=${decided > 0 ? 'decided' : 'none-chosen'}`);
  };
}

const stepWords = {
  agree: 'agreed: put away',
  disagree: 'disagreed: shown',
  ignore: 'ignored it',
  fold: 'folded it by their weight',
  hide: 'hid it by their weight',
  appeal: 'appealed',
  withdraw: 'took it back',
} as const;

/** The trail: who decided what, when; nobody can change it. */
export function showTrail(ports: Ports): Action {
  return async (c) => {
    const before = Number(c.req.query('before') ?? Number.NaN);
    const trail = await ports.community.listTrail({
      limit: shownTrail,
      before: Number.isSafeInteger(before) ? asId<DecisionId>(before) : null,
    });
    const last = trail.at(-1);
    const main = html`<p class="lead">Who decided what about feedback. Nothing can be taken out of this list. <a href="${paths.moderation}">The queue</a></p>
${
  trail.length === 0
    ? html`<p>Nothing was decided yet.</p>`
    : html`<table class="table"><thead><tr><th>When</th><th>Who</th><th>What</th><th>Feedback</th></tr></thead><tbody>
${trail.map((line) => html`<tr><td>${minuteTag(line.decidedAt)}</td><td>${line.moderator ?? (line.step === 'appeal' || line.step === 'withdraw' ? 'The writer' : 'Reports')}</td><td>${stepWords[line.step]}${line.reason !== null && html`<br><span class="quiet">${reasonWords[line.reason]}</span>`}</td><td>${line.feedbackId} <span class="quiet">${line.stateBefore} → ${line.stateAfter}</span> · <a href="${paths.article(line.articleId)}#f${line.feedbackId}">article ${line.articleId}</a></td></tr>`)}</tbody></table>`
}
<nav class="pager" aria-label="Pages">${trail.length === shownTrail && last !== undefined && html`<a rel="next" href="${withParameters(c.req.url, { before: String(last.id) })}">Earlier</a>`}</nav>`;
    return adminPage(c, {
      title: 'What was decided',
      tab: paths.moderation,
      main,
      hasOutbox: ports.outbox !== null,
    });
  };
}
