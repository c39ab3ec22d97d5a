import { html } from 'hono/html';
import type { Article } from '../../knowledge/article.ts';
import type { TechnologyId } from '../../knowledge/ids.ts';
import type { Source } from '../../knowledge/source.ts';
import type { Technology } from '../../knowledge/technology.ts';
import type { Search, SearchAnswer, SearchHit, Suggestion } from '../../search/search-answer.ts';
import { paths } from '../links.ts';
import { feedLinks } from '../parts/feed-links.ts';
import { filterChips, withParameters } from '../parts/filter-chips.ts';
import { followButton } from '../parts/follow-button.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { problemPage } from '../parts/problem-page.ts';
import { facetsSection } from '../parts/search-facets.ts';
import { dayTag } from '../parts/time.ts';
import { countOf, listOf } from '../parts/wording.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'archive' | 'findSearch'>;
const pageSize = 20;
const maxQueryLength = 500;
const maxPage = 50;

/** What a query finds, best first, with ways to narrow it, to keep it, and to be told of changes in it. */
export function showSearch(ports: Ports, limitRate: RateLimiter): Action {
  return async (c) => {
    const query = (c.req.query('q') ?? '').trim().slice(0, maxQueryLength);
    if (query === '') return c.redirect(paths.advancedSearch);
    const limited = await limitRate(c, 'search');
    if (limited !== null) return limited;
    const search = ports.findSearch();
    if (search === null) return showBuilding(c);
    const page = Math.min(maxPage, Math.max(1, Math.floor(Number(c.req.query('page') ?? 1)) || 1));
    const sort = c.req.query('sort') === 'changed' ? 'changed' : 'relevance';
    const answer = search.search({ query, limit: pageSize, offset: (page - 1) * pageSize, sort });
    return showAnswer(ports, c, { query, page, sort, answer });
  };
}

/** What continues the words that are being typed, as JSON for the script. */
export function suggest(ports: Ports, limitRate: RateLimiter): Action {
  return async (c) => {
    const limited = await limitRate(c, 'search');
    if (limited !== null) return limited;
    const typed = (c.req.query('q') ?? '').trim().slice(0, 100);
    const search = ports.findSearch();
    const suggestions = search === null || typed === '' ? [] : search.suggest(typed, 8);
    const technologies = suggestions.some((one) => one.kind === 'technology')
      ? await ports.archive.listTechnologies()
      : [];
    const slugs = new Map(technologies.map((technology) => [technology.id, technology.slug]));
    return c.json(suggestions.map((one) => ({ text: one.text, ...leadTo(one, slugs) })));
  };
}

/** Where a suggestion leads, and what stands beside it. */
function leadTo(one: Suggestion, slugs: ReadonlyMap<TechnologyId, string>): { detail: string; href: string } {
  if (one.kind === 'article') return { detail: 'article', href: paths.article(one.articleId) };
  if (one.kind === 'code') return { detail: one.meaning ?? 'code', href: paths.search(one.text) };
  const slug = slugs.get(one.technologyId);
  return { detail: 'technology', href: slug === undefined ? paths.search(one.text) : paths.technology(slug) };
}

type Asked = {
  readonly query: string;
  readonly page: number;
  readonly sort: 'relevance' | 'changed';
  readonly answer: ReturnType<Search['search']>;
};

async function showAnswer(ports: Ports, c: SiteContext, asked: Asked) {
  const { query, page, sort, answer } = asked;
  const [articles, technologies, sources] = await Promise.all([
    ports.archive.listArticles([...answer.hits, ...answer.near].map((hit) => hit.articleId)),
    ports.archive.listTechnologies(),
    ports.archive.listSources(),
  ]);
  const byId = new Map(articles.map((article) => [article.id, article]));
  const url = c.req.url.slice(c.req.url.indexOf('/', 8));
  const pages = Math.min(maxPage, Math.ceil(answer.total / pageSize));
  const hasMore = page < pages;
  const feed = {
    title: `Changes of what “${query}” finds`,
    path: paths.feedOfSearch,
    query: `?q=${encodeURIComponent(query)}`,
  };
  const main = html`<div class="cols"><div>
<h1 class="small">${titleOf(asked)}</h1>
${hints(answer)}
${
  answer.hits.length === 0
    ? page === 1 && nothingFound(query)
    : html`${filterChips({
        label: 'Order',
        url,
        name: 'sort',
        value: sort === 'changed' ? 'changed' : null,
        options: [
          { value: null, text: 'Best first' },
          { value: 'changed', text: 'Last changed first' },
        ],
      })}
<h2 class="hidden">Articles</h2>
<ol class="log hits" start="${(page - 1) * pageSize + 1}">${answer.hits.map((hit) => showHit(hit, byId.get(hit.articleId)))}</ol>`
}
${answer.near.length > 0 && html`<h2>${answer.total === 0 ? 'These come near' : 'Near, but not all of it'}</h2><ol class="log hits">${answer.near.map((hit) => showHit(hit, byId.get(hit.articleId)))}</ol>`}
<nav class="pager" aria-label="Pages">
${page > 1 && html`<a rel="prev" href="${withParameters(url, { page: page === 2 ? null : String(page - 1) })}">Back</a>`}
${hasMore && html`<a rel="next" href="${withParameters(url, { page: String(page + 1) })}">More</a>`}
</nav>
</div>
<aside class="rail">
<section><h2>Keep this search</h2>${followButton({ kind: 'search', id: query, text: 'Tell me of changes' })}<p class="quiet after">The morning after an article that it finds is new or changed.</p><p class="quiet">${feedLinks(feed, 'Feed of this search')}</p></section>
${facetsSection({ answer, query, technologies: byIdOf(technologies), sources: byIdOf(sources) })}
<section><h2>Refine</h2><p><a href="${paths.advancedSearch}?q=${encodeURIComponent(query)}">Advanced search</a></p></section>
</aside></div>`;
  return renderPage(c, { title: query, main, query, isPrivate: true, feed });
}

function byIdOf<Row extends Technology | Source>(rows: readonly Row[]): ReadonlyMap<Row['id'], Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function titleOf({ query, answer, page }: Asked): Markup {
  const more = page > 1 ? `, page ${page}` : '';
  if (answer.total === 0) return html`Nothing for “${query}”`;
  return html`${countOf(answer.total, 'article')} for “${query}”${more}`;
}

function hints({ didYouMean, notUnderstood }: SearchAnswer): Markup {
  return html`${didYouMean !== null && html`<p>Did you mean <a href="${paths.search(didYouMean)}"><strong>${didYouMean}</strong></a>?</p>`}
${notUnderstood.length > 0 && html`<div class="note"><p>${notUnderstood.join(' ')}</p></div>`}`;
}

function showHit(hit: SearchHit, article: Article | undefined): Markup | null {
  if (article === undefined) return null;
  const id = article.externalIds[0];
  const mark = (parts: SearchHit['snippet']) =>
    parts.map((part) => (part.isMarked ? html`<mark>${part.text}</mark>` : part.text));
  return html`<li><div>
<h3><a href="${paths.article(article.id)}">${mark(hit.title)}</a></h3>
<p class="why">${mark(hit.snippet)}</p>
<p class="meta">${id !== undefined && `${id} · `}changed ${dayTag(article.changedAt)}${article.state === 'retired' && ' · retired by the vendor'}${hit.missing.length > 0 && html` · without ${listOf(hit.missing.map((word) => `“${word}”`))}`}</p>
</div></li>`;
}

function nothingFound(query: string): Markup {
  return html`<p>Try fewer words, the error code alone, or another spelling. <a href="${paths.advancedSearch}?q=${encodeURIComponent(query)}">What can be asked</a></p>
<p>Or keep this search: you are told the morning after a new article has what you looked for.</p>`;
}

function showBuilding(c: SiteContext) {
  c.header('retry-after', '10');
  return problemPage(c, {
    status: 503,
    title: 'The search is getting ready',
    happened:
      'The program has just been started and reads the archive for the search. That takes some seconds.',
    next: 'Load this page again in a moment.',
  });
}
