import { html } from 'hono/html';
import type { ChangeWithArticle } from '../../knowledge/archive.ts';
import type { Article } from '../../knowledge/article.ts';
import { type ArticleId, asId, type Instant } from '../../knowledge/ids.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import { countNews, listNews } from '../list-news.ts';
import { calendar } from '../parts/calendar.ts';
import { changeEntry } from '../parts/change-entry.ts';
import { crumbs, pathTo } from '../parts/crumbs.ts';
import { feedLinks } from '../parts/feed-links.ts';
import { followButton } from '../parts/follow-button.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { dayTag } from '../parts/time.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { listTeamsOfVisitor } from '../team-of-visitor.ts';

const dayMs = 86_400_000;
const shownChanges = 10;
const articlesPerPage = 30;

/** One technology: what changed, when, what is new, and all its articles. */
export function showTechnology(ports: Pick<SitePorts, 'archive' | 'clock' | 'teams'>): Action {
  return async (c) => {
    const { archive } = ports;
    const teams = await listTeamsOfVisitor(ports, c);
    const technologies = await archive.listTechnologies();
    const technology = technologies.find((one) => one.slug === c.req.param('slug'));
    if (technology === undefined) return notFoundPage(c, 'technology');
    const now = ports.clock.now();
    const of = { technologyId: technology.id } as const;
    const aYearAgo: Instant = asId(now - 371 * dayMs);
    const after = Number(c.req.query('after') ?? Number.NaN);
    const [counts, changes, created, days, busiest, articles] = await Promise.all([
      archive.countArticlesByTechnology(),
      listNews(archive, { ...of, limit: shownChanges }),
      archive.listChanges({ ...of, limit: 5, kinds: ['created'], onlyAlerting: true }),
      countNews(archive, { ...of, occurredFrom: aYearAgo, leastSignificance: 'minor' }),
      archive.listMostChangedArticles({
        ...of,
        limit: 5,
        occurredFrom: aYearAgo,
        leastSignificance: 'material',
        kinds: ['revised'],
      }),
      archive.listArticlesOfTechnology(technology.id, {
        limit: articlesPerPage + 1,
        after: Number.isSafeInteger(after) ? asId<ArticleId>(after) : null,
      }),
    ]);
    const byId = new Map(technologies.map((one) => [one.id, one]));
    const children = technologies
      .filter((one) => one.parentId === technology.id && (counts.get(one.id) ?? 0) > 0)
      .sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
    const material = days
      .filter((day) => day.significance === 'material')
      .reduce((sum, day) => sum + day.changes, 0);
    const feed = {
      title: `Changes of ${technology.name}`,
      path: paths.feedOfTechnology(technology.slug),
    };
    const main = html`<div class="cols"><div>
${crumbs(pathTo(technology, byId).slice(0, -1))}
<h1>${technology.name}</h1>
${technology.description !== '' && html`<p class="lead">${technology.description}</p>`}
${alsoCalled(technology)}
<p class="num">${countOf(counts.get(technology.id) ?? 0, 'article')} · ${material === 0 ? 'no change that matters' : `${countOf(material, 'change')} that matter${material === 1 ? 's' : ''}`} in the last year</p>
<div class="actions noprint">${followButton({ kind: 'technology', id: technology.id, text: `Follow ${technology.name}` }, teams)}</div>
${calendar(days, now)}
<h2>What changed</h2>
${
  changes.length === 0
    ? html`<p>Nothing that matters changed since we began to look. Follow it, and you are told when something does.</p>`
    : html`<ol class="log">${changes.map((change) => changeEntry(change, { showsDay: true }))}</ol>
<p><a href="${paths.changes}?technology=${technology.slug}">All changes of ${technology.name}</a></p>`
}
<h2 id="articles">Articles</h2>
${articleList(articles.slice(0, articlesPerPage))}
<nav class="pager" aria-label="Pages">${articles.length > articlesPerPage && html`<a rel="next" href="${paths.technology(technology.slug)}?after=${articles[articlesPerPage - 1]?.id ?? 0}#articles">More articles</a>`}</nav>
</div>
<aside class="rail">
${children.length > 0 && html`<section><h2>Below it</h2><dl class="facts counts num">${children.map((one) => html`<dt><a href="${paths.technology(one.slug)}">${one.name}</a></dt><dd>${formatNumber(counts.get(one.id) ?? 0)}</dd>`)}</dl></section>`}
${created.length > 0 && html`<section><h2>Newest</h2>${newest(created)}</section>`}
${busiest.length > 0 && html`<section><h2>Most changed in a year</h2><dl class="facts counts num">${busiest.map(({ article, changes: times }) => html`<dt><a href="${paths.article(article.id)}">${article.title}</a></dt><dd>${times}</dd>`)}</dl></section>`}
<section><p class="quiet">${feedLinks(feed)}</p></section>
</aside></div>`;
    const canonical = paths.technology(technology.slug);
    return renderPage(c, { title: technology.name, main, canonical, feed });
  };
}

function alsoCalled({ name, aliases }: Technology): Markup | null {
  const others = aliases.filter((alias) => alias.toLowerCase() !== name.toLowerCase()).slice(0, 8);
  return others.length === 0 ? null : html`<p class="quiet">Also called ${others.join(', ')}</p>`;
}

function newest(created: readonly ChangeWithArticle[]): Markup {
  return html`<ul class="contents">${created.map((change) => html`<li><a href="${paths.article(change.article.id)}">${change.article.title}</a><p class="meta">${dayTag(change.occurredAt)}</p></li>`)}</ul>`;
}

function articleList(articles: readonly Article[]): Markup {
  if (articles.length === 0) return html`<p>None any more.</p>`;
  return html`<ul class="plain">${articles.map((article) => html`<li><a href="${paths.article(article.id)}">${article.title}</a>${article.state === 'retired' && html` <span class="quiet">retired</span>`}</li>`)}</ul>`;
}
