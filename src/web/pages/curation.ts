import { html } from 'hono/html';
import type { TechnologyCorrection, TechnologyDoubt } from '../../community/curation.ts';
import { type ArticleId, asId } from '../../knowledge/ids.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { feedbackText } from '../parts/feedback-text.ts';
import type { Markup } from '../parts/markup.ts';
import { dayTag } from '../parts/time.ts';
import { countOf } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'archive' | 'audit' | 'clock' | 'community' | 'findTechnologies' | 'outbox'>;
const shown = 20;

/** Articles whose technologies readers doubt; `?article=` takes any other. */
export function showCuration(ports: Ports): Action {
  return async (c) => {
    const asked = Number(c.req.query('article') ?? Number.NaN);
    const [doubts, count] = await Promise.all([
      ports.community.listDoubts(shown),
      ports.community.countDoubts(),
    ]);
    const known = doubts.some((doubt) => doubt.articleId === asked);
    const article =
      known || !Number.isSafeInteger(asked) ? null : await ports.archive.findArticle(asId(asked));
    const listed: TechnologyDoubt[] = [
      ...(article === null ? [] : [{ articleId: article.id, articleTitle: article.title, reports: [] }]),
      ...doubts,
    ];
    const entries = await Promise.all(listed.map((doubt) => doubtEntry(ports, doubt)));
    const main = html`<p class="lead">${count === 0 ? 'No reader doubts a technology.' : `Readers doubt the technologies of ${countOf(count, 'article')}.`} What you say here holds at every later scan: for alerts, lists and the search. What holds for all articles of a source is <a href="${paths.curationRules}">a rule</a>.</p>
${entries.length > 0 && html`<ol class="log hits">${entries}</ol>`}`;
    return adminPage(c, {
      title: 'Technologies of articles',
      tab: paths.curation,
      main,
      hasOutbox: ports.outbox !== null,
    });
  };
}

async function doubtEntry({ archive, community }: Ports, doubt: TechnologyDoubt): Promise<Markup> {
  const [own, corrections, all] = await Promise.all([
    archive.listTechnologiesOfArticle(doubt.articleId),
    community.listCorrections(doubt.articleId),
    archive.listTechnologies(),
  ]);
  const takenOut = corrections.filter(({ applies }) => !applies).map(({ technologyId }) => technologyId);
  const choices = [
    ...own.map((technology) => ({ technology, applies: true })),
    ...all.filter(({ id }) => takenOut.includes(id)).map((technology) => ({ technology, applies: false })),
  ];
  return html`<li><h2><a href="${paths.article(doubt.articleId)}">${doubt.articleTitle}</a></h2>
${doubt.reports.map(({ text, note, reportedAt }) => html`<div class="card">${feedbackText(text, 'new')}<p class="meta">reported ${dayTag(reportedAt)}${note !== '' && ` · “${note}”`}</p></div>`)}
<form method="post" action="${paths.curation}"><input type="hidden" name="article" value="${doubt.articleId}">
<fieldset><legend>It is about</legend><ul class="picks">${choices.map(({ technology, applies }) => html`<li><label><input type="checkbox" name="technology" value="${technology.id}"${applies && html` checked`}> ${technology.name}</label><input type="hidden" name="listed" value="${technology.id}"></li>`)}</ul></fieldset>
<label class="field"><span>And about</span><span class="quiet">Names, one a line; former names work.</span><textarea name="also" rows="2"></textarea></label>
<button class="btn">Keep it so</button></form></li>`;
}

/** What was unticked is out, what was named is in; what stayed as it was is no correction. */
export function curate(ports: Ports): Action {
  return async (c) => {
    const form = await readForm(c);
    const articleId = asId<ArticleId>(Number(form.text('article')));
    const own = await ports.archive.listTechnologiesOfArticle(articleId);
    const ticked = new Set(form.all('technology').map(Number));
    const corrections: TechnologyCorrection[] = form
      .all('listed')
      .map((id) => asId<Technology['id']>(Number(id)))
      .filter((id) => own.some((one) => one.id === id) !== ticked.has(id))
      .map((technologyId) => ({ technologyId, applies: ticked.has(technologyId) }));
    const unknown: string[] = [];
    for (const name of form.text('also').split('\n')) {
      if (name.trim() === '') continue;
      const [found] = await ports.findTechnologies(name.trim());
      if (found === undefined) unknown.push(name.trim());
      else corrections.push({ technologyId: found.id, applies: true });
    }
    if (unknown.length > 0) return c.redirect(`${paths.curation}?article=${articleId}&said=no-technology`);
    const curatorId = readVisitor(c).account.id;
    const outcome = await ports.audit.recordAct(
      () =>
        ports.community.correctTechnologies({ articleId, corrections, curatorId, now: ports.clock.now() }),
      (done) =>
        done === 'corrected'
          ? {
              actor: { kind: 'account', id: curatorId },
              action: 'technologies.corrected',
              subject: `article:${articleId}`,
            }
          : null,
    );
    return c.redirect(`${paths.curation}?said=${outcome}`);
  };
}
