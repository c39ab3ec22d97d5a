import { html } from 'hono/html';
import type { Article } from '../../knowledge/article.ts';
import type { Change } from '../../knowledge/change.ts';
import { asId } from '../../knowledge/ids.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import { feedbackForm } from '../parts/feedback-form.ts';
import {
  feedbackList,
  findStandingText,
  listTexts,
  type ShownFeedback,
  tallyPart,
} from '../parts/feedback-section.ts';
import { wordMasked } from '../parts/feedback-words.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { saidNote } from '../parts/said-note.ts';
import { countOf } from '../parts/wording.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

const shownOnArticle = 8;
const shownInAll = 200;

type Ports = Pick<SitePorts, 'archive' | 'community'>;
type Facts = {
  readonly article: Article;
  readonly changes: readonly Change[];
  /** Of the article, to choose from; and all, to name. */
  readonly technologies: readonly Technology[];
  readonly all: readonly Technology[];
};

/** "Did it work?" below an article: the tally, what readers wrote, and the form. */
export async function makeFeedbackSection(c: SiteContext, ports: Ports, facts: Facts): Promise<Markup> {
  const shown = await loadShownFeedback(ports, facts);
  const { article } = facts;
  const texts = listTexts(shown).length;
  const masked = wordMasked(c.req.query('masked') ?? '');
  return html`<section aria-labelledby="feedback"><h2 id="feedback">Did it work?${texts > 0 && html` <span class="quiet num">${countOf(texts, 'reader tells', 'readers tell')}</span>`}</h2>
${saidNote(c.req.query('said'))}${masked !== '' && html`<div class="note"><p>${masked}</p></div>`}
${tallyPart(shown) ?? html`<p>Nobody has told yet. If you tried it, tell others how it went.</p>`}
${feedbackList(shown, shownOnArticle)}
${texts > shownOnArticle && html`<p><a href="${paths.article(article.id)}/feedback">All ${texts}, most useful first</a></p>`}
<div class="noprint after">${feedbackForm({
    article,
    technologies: facts.technologies,
    isSignedIn: c.get('visitor') !== null,
    takesAnonymous: ports.community.takesAnonymous,
  })}</div></section>`;
}

async function loadShownFeedback({ community }: Ports, facts: Facts): Promise<ShownFeedback> {
  return {
    feedback: await community.listFeedbackOfArticle(facts.article.id),
    ...findStandingText(facts.changes),
    technologies: new Map(facts.all.map((technology) => [technology.id, technology])),
  };
}

/** Everything that readers told of an article. */
export function showFeedback(ports: Ports): Action {
  return async (c) => {
    const article = await ports.archive.findArticle(asId(Number(c.req.param('id'))));
    if (article === null) return notFoundPage(c, 'article');
    const [changes, all] = await Promise.all([
      ports.archive.listChangesOfArticle(article.id, 500),
      ports.archive.listTechnologies(),
    ]);
    const shown = await loadShownFeedback(ports, { article, changes, technologies: [], all });
    const main = html`<div class="cols narrow"><div>
<h1 class="small">Did it work? <a href="${paths.article(article.id)}">${article.title}</a></h1>
${tallyPart(shown)}
${feedbackList(shown, shownInAll) ?? html`<p>Nobody has told yet.</p>`}
</div></div>`;
    return renderPage(c, { title: `Did it work? ${article.title}`, main });
  };
}
