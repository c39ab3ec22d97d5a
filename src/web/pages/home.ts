import { html } from 'hono/html';
import type { Account } from '../../accounts/account.ts';
import type { BulkEdit, ChangeWithArticle } from '../../knowledge/archive.ts';
import type { Significance } from '../../knowledge/change.ts';
import { asId, type Instant, type SourceId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { listNews } from '../list-news.ts';
import { bulkEditEntry, changeEntry } from '../parts/change-entry.ts';
import { dayGroups } from '../parts/day-groups.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { signUpForm } from '../parts/sign-up-form.ts';
import { formatLongDay } from '../parts/time.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

type Ports = Pick<SitePorts, 'archive' | 'clock' | 'history' | 'subscriptions'>;

const dayMs = 86_400_000;
/** So many changes of earlier days fill the page after a quiet night. */
const leastShown = 12;
const mostShown = 24;

type Night = {
  readonly startsAt: Instant;
  readonly bulkEdits: readonly BulkEdit[];
  readonly counts: Readonly<Record<Significance, number>>;
  readonly articlesRead: number;
};

/** The front page: what this is, what changed last night, and how to be told. */
export function showHome(ports: Ports): Action {
  return async (c) => {
    const { archive, clock } = ports;
    const visitor = c.get('visitor');
    const now = clock.now();
    const [[newest], recent] = await Promise.all([
      archive.listChanges({ limit: 1, onlyAlerting: true }),
      listNews(archive, { limit: mostShown }),
    ]);
    // A quiet last night is news; a quiet day of long ago is not.
    const shown =
      newest !== undefined && isLastNight(newest.occurredAt, now) ? newest : (recent[0] ?? newest);
    const [night, counts, rail] = await Promise.all([
      shown === undefined ? null : readNight(archive, shown.occurredAt),
      archive.countArticles(),
      visitor === null ? publicRail(ports, now) : ownRail(ports, visitor.account),
    ]);
    const opening = visitor === null ? welcomeStrangers() : await welcomeBack(ports, visitor.account);
    const main = html`<div class="cols"><div>
${opening}
${night === null ? nothingYet(counts.active) : showNights(night, recent, now)}
</div>
<aside class="rail">
${rail}
<section><h2>In the archive</h2><dl class="facts counts num">
<dt>Articles</dt><dd>${formatNumber(counts.active)}</dd>
<dt>Retired, kept</dt><dd>${formatNumber(counts.retired)}</dd>
<dt>Revisions</dt><dd>${formatNumber(counts.revisions)}</dd>
</dl></section>
</aside></div>`;
    return renderPage(c, {
      title: null,
      main,
      canonical: '/',
      description:
        'One e-mail on the mornings after an article about your technologies changed. None on quiet days.',
    });
  };
}

function welcomeStrangers(): Markup {
  return html`<h1>Know tomorrow morning what your vendors changed tonight.</h1>
<p class="lead">Every night we read the knowledge bases. If an article about your technologies is new, or now says something different, you get one e‑mail. On quiet days you get none.</p>`;
}

/** What waits for the account's next mail. */
async function welcomeBack(ports: Ports, account: Account): Promise<Markup> {
  const untold = await ports.history.listUntold(account.id, mostShown);
  if (untold.length === 0) {
    return html`<h1>Nothing new for you</h1><p class="lead">No article of yours changed since your last mail. <a href="${paths.account}">Your alerts</a></p>`;
  }
  return html`<h1>Since your last mail</h1>
<ol class="log">${untold.map((change) => changeEntry(change, { showsDay: true }))}</ol>`;
}

/** The UTC day of the newest change, in numbers. */
async function readNight(archive: SitePorts['archive'], newest: Instant): Promise<Night> {
  const startsAt: Instant = asId(newest - (newest % dayMs));
  const day = { occurredFrom: startsAt, occurredBefore: asId<Instant>(startsAt + dayMs) };
  const [bulkEdits, days, scans] = await Promise.all([
    archive.listBulkEdits({ ...day, limit: 5 }),
    archive.countChangesByDay(day),
    archive.listScans({ limit: 50 }),
  ]);
  const counts = { invisible: 0, minor: 0, material: 0 };
  for (const { significance, changes } of days) counts[significance] += changes;
  const latest = new Map<SourceId, number>();
  for (const scan of scans) {
    if (scan.articleCount !== null && !latest.has(scan.sourceId))
      latest.set(scan.sourceId, scan.articleCount);
  }
  const articlesRead = [...latest.values()].reduce((sum, count) => sum + count, 0);
  return { startsAt, bulkEdits, counts, articlesRead };
}

function showNights(night: Night, recent: readonly ChangeWithArticle[], now: Instant): Markup {
  const { counts, bulkEdits, startsAt } = night;
  const isRecent = isLastNight(startsAt, now);
  const touched = counts.invisible + counts.minor + counts.material;
  const tonight = recent.filter((change) => change.occurredAt >= startsAt);
  const earlier = recent
    .filter((change) => change.occurredAt < startsAt)
    .slice(0, Math.max(0, leastShown - tonight.length));
  const facts = [
    isRecent ? formatLongDay(startsAt) : null,
    night.articlesRead > 0 ? `${countOf(night.articlesRead, 'article')} read` : null,
    `${formatNumber(touched)} touched`,
    `${formatNumber(counts.material)} changed`,
  ].filter((fact) => fact !== null);
  return html`<h2>${isRecent ? 'Last night' : formatLongDay(startsAt)} <span class="quiet num">${facts.join(' · ')}</span></h2>
${tonight.length + bulkEdits.length === 0 ? html`<p>Nothing that matters changed. Nobody gets mail for what changes nothing that a reader would act on.</p>` : html`<ol class="log">${tonight.map((change) => changeEntry(change))}${bulkEdits.map(bulkEditEntry)}</ol>`}
${earlier.length > 0 && html`<h2>Before that</h2>${dayGroups(earlier, [], 'UTC', 3)}`}
<p class="after"><a href="${paths.changes}">All changes</a></p>`;
}

function isLastNight(at: Instant, now: Instant): boolean {
  return now - at < 2 * dayMs;
}

function nothingYet(articles: number): Markup {
  return articles === 0
    ? html`<h2>Nothing was read yet</h2>
<p>The first scan takes in all articles and alerts nobody. What changes after it is shown here. <a href="${paths.status}">See how far the scans are</a></p>`
    : html`<h2>${countOf(articles, 'article')} taken in</h2>
<p>This was the first look at them, so nothing of it is news. What is new or changed from the next night on is shown here. Until then: <a href="${paths.technologies}">look around by technology</a>.</p>`;
}

async function publicRail({ archive }: Ports, now: Instant): Promise<Markup> {
  const [busiest, technologies] = await Promise.all([
    archive.countChangesByTechnology(asId(now - 30 * dayMs), 'material'),
    archive.listTechnologies(),
  ]);
  const names = new Map(technologies.map((technology) => [technology.id, technology]));
  const most = busiest.flatMap(({ technologyId, changes }) => {
    const technology = names.get(technologyId);
    return technology === undefined || technology.parentId === null ? [] : [{ technology, changes }];
  });
  return html`<section><h2>Get the alerts</h2>${signUpForm({ button: 'Choose technologies' })}
<p class="quiet">Free. One mail a day at most. One click to stop.</p></section>
${
  most.length > 0 &&
  html`<section><h2>Most changed in 30 days</h2><dl class="facts counts num">
${most.slice(0, 8).map(({ technology, changes }) => html`<dt><a href="${paths.technology(technology.slug)}">${technology.name}</a></dt><dd>${formatNumber(changes)}</dd>`)}
</dl></section>`
}`;
}

/** What the account follows, each with the changes of 30 days. */
async function ownRail(ports: Ports, account: Account): Promise<Markup> {
  const since: Instant = asId(ports.clock.now() - 30 * dayMs);
  const [subscriptions, hits, technologies] = await Promise.all([
    ports.subscriptions.listSubscriptions(account.id),
    ports.history.countMatches(account.id, since),
    ports.archive.listTechnologies(),
  ]);
  const slugs = new Map(technologies.map((technology) => [technology.id, technology.slug]));
  const rows = subscriptions.flatMap(({ followed, title, id }) => {
    const slug = followed.kind === 'technology' ? slugs.get(followed.technologyId) : undefined;
    return slug === undefined ? [] : [{ href: paths.technology(slug), title, changes: hits.get(id) ?? 0 }];
  });
  rows.sort((a, b) => b.changes - a.changes);
  return html`<section><h2>Your technologies, 30 days</h2>${
    rows.length === 0
      ? html`<p>None yet.</p>`
      : html`<dl class="facts counts num">${rows.slice(0, 15).map((row) => html`<dt><a href="${row.href}">${row.title}</a></dt><dd>${formatNumber(row.changes)}</dd>`)}</dl>`
  }<p><a href="${paths.welcome}">Add technologies</a></p></section>`;
}
