import { html } from 'hono/html';
import type { Feedback } from '../../community/feedback.ts';
import { orderFeedback } from '../../community/order-feedback.ts';
import { type FeedbackTally, sizeOf, type Tally, tallyFeedback } from '../../community/tally-feedback.ts';
import type { Change } from '../../knowledge/change.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import { destructionNote, feedbackText } from './feedback-text.ts';
import { nameAuthor, nameOutcome } from './feedback-words.ts';
import type { Markup } from './markup.ts';
import { dayTag } from './time.ts';
import { countOf } from './wording.ts';

/** An article's feedback with what it takes to read it. */
export type ShownFeedback = {
  readonly feedback: readonly Feedback[];
  /** The first revision that says what the newest one says. */
  readonly readsSince: number;
  /** The first revision since which a reader sees no edit. */
  readonly editedSince: number;
  readonly technologies: ReadonlyMap<number, Technology>;
};

/** The revisions since which an article says, and reads, what it does now. */
export function findStandingText(
  changes: readonly Pick<Change, 'kind' | 'significance' | 'toRevision'>[],
): Pick<ShownFeedback, 'readsSince' | 'editedSince'> {
  const edits = changes.filter((change) => change.kind === 'revised');
  const last = (some: typeof edits) => Math.max(1, ...some.map((change) => change.toRevision));
  return {
    readsSince: last(edits.filter((change) => change.significance === 'material')),
    editedSince: last(edits.filter((change) => change.significance !== 'invisible')),
  };
}

/** How often it worked: in a sentence, as a line, and by technology; null where nobody told. */
export function tallyPart(shown: ShownFeedback): Markup | null {
  const tally = tallyFeedback(shown.feedback, shown.readsSince);
  const all = sizeOf(tally.now);
  if (all === 0 && sizeOf(tally.before) === 0) return null;
  return html`<p class="lead num">${tallySentence(tally)}</p>
${all > 0 && tallyLine(tally.now)}
${tally.byTechnology.length > 1 && html`<p class="meta num">${tally.byTechnology.slice(0, 6).map(({ technologyId, tally: own }, at) => html`${at > 0 && ' · '}${shown.technologies.get(technologyId)?.name ?? 'another technology'}: ${own.yes} of ${sizeOf(own)}`)}</p>`}`;
}

function tallySentence({ now, before, readsSince }: FeedbackTally): Markup {
  const since = readsSince > 1 ? html` since revision ${readsSince}` : '';
  const earlier =
    sizeOf(before) > 0 &&
    html` <span class="quiet">Before revision ${readsSince}: ${before.yes} of ${sizeOf(before)}.</span>`;
  if (sizeOf(now) === 0) return html`Nobody has told yet${since}.${earlier}`;
  return html`Worked for <strong>${now.yes} of ${sizeOf(now)}</strong>${since}${now.partly > 0 && `, partly for ${now.partly}`}.${earlier}`;
}

function tallyLine({ yes, partly, no }: Tally): Markup {
  const all = yes + partly + no;
  const part = (count: number) => Math.round((count / all) * 100);
  return html`<svg class="tally" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${yes} yes, ${partly} partly, ${no} no"><rect width="100" height="4" class="rest"/><rect width="${part(yes + partly)}" height="4" class="part"/><rect width="${part(yes)}" height="4" class="yes"/></svg>`;
}

/** The texts, most useful first, at most `limit` of them. */
export function feedbackList(shown: ShownFeedback, limit: number): Markup | null {
  const same = Map.groupBy(
    shown.feedback.filter((one) => one.state === 'merged'),
    (one) => one.mergedInto,
  );
  const entries = listTexts(shown);
  if (entries.length === 0) return null;
  return html`<ol class="log">${entries.slice(0, limit).map((one) => feedbackEntry(one, shown, same.get(one.id)?.length ?? 0))}</ol>`;
}

/** What has a text, in its order. */
export function listTexts({ feedback, readsSince }: ShownFeedback): Feedback[] {
  const texts = feedback.filter((one) => one.state !== 'merged' && one.body !== '');
  return orderFeedback(texts, readsSince);
}

function feedbackEntry(one: Feedback, shown: ShownFeedback, same: number): Markup {
  const { label, tone } = nameOutcome(one);
  if (one.state === 'folded') {
    return html`<li id="f${one.id}"><span class="kind minor">Folded</span><details><summary class="quiet">Reported as irrelevant</summary>${entryBody(one, shown, same)}</details></li>`;
  }
  return html`<li id="f${one.id}"><span class="kind ${tone}">${label}</span><div>${entryBody(one, shown, same)}</div></li>`;
}

function entryBody(one: Feedback, shown: ShownFeedback, same: number): Markup {
  const where = [shown.technologies.get(one.technologyId ?? 0)?.name, one.version].filter(Boolean).join(', ');
  return html`${destructionNote(one.body)}${feedbackText(one.body, one.standing)}
<p class="meta">${nameAuthor(one)} · ${dayTag(one.writtenAt)}${where !== '' && ` · ${where}`}${noteOfRevision(one, shown)}${same > 0 && ` · ${countOf(same, 'other says', 'others say')} the same`}${one.helped > 0 && ` · helped ${one.helped}`}</p>
${one.state === 'shown' && html`<form method="post" action="${paths.feedback(one.id)}/helped" class="meta"><button class="link">This helped me</button> · <a href="${paths.feedback(one.id)}/report" rel="nofollow">Report as irrelevant</a></form>`}`;
}

function noteOfRevision({ revision }: Feedback, { readsSince, editedSince }: ShownFeedback): string {
  if (revision === 0) return ' · written before our first revision; the article may have changed since';
  if (revision < readsSince) return ` · written for revision ${revision}; the article has changed since`;
  return revision < editedSince ? ` · written for revision ${revision}; small edits since` : '';
}
