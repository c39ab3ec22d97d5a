import { html } from 'hono/html';
import type { BulkEdit, ChangeWithArticle } from '../../knowledge/archive.ts';
import type { Significance } from '../../knowledge/change.ts';
import { asId, type Instant } from '../../knowledge/ids.ts';
import type { Scan } from '../../knowledge/source.ts';
import { paths } from '../links.ts';
import { bulkEditEntry, changeEntry } from '../parts/change-entry.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { signUpForm } from '../parts/sign-up-form.ts';
import { formatLongDay } from '../parts/time.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

const dayMs = 86_400_000;
const shown = 12;

type Night = {
  readonly startsAt: Instant;
  readonly material: readonly ChangeWithArticle[];
  readonly bulkEdits: readonly BulkEdit[];
  readonly counts: Readonly<Record<Significance, number>>;
  readonly articlesRead: number;
};

/** The front page: what this is, what changed last night, and how to be told. */
export function showHome(ports: Pick<SitePorts, 'archive' | 'clock'>): Action {
  return async (c) => {
    const { archive, clock } = ports;
    const now = clock.now();
    const [[newest], counts, busiest, technologies] = await Promise.all([
      archive.listChanges({ limit: 1 }),
      archive.countArticles(),
      archive.countChangesByTechnology(asId(now - 30 * dayMs), 'material'),
      archive.listTechnologies(),
    ]);
    const night = newest === undefined ? null : await readNight(archive, newest.occurredAt);
    const names = new Map(technologies.map((technology) => [technology.id, technology]));
    const most = busiest.flatMap(({ technologyId, changes }) => {
      const technology = names.get(technologyId);
      return technology === undefined || technology.parentId === null ? [] : [{ technology, changes }];
    });
    const main = html`<div class="cols"><div>
<h1>Know tomorrow morning what your vendors changed tonight.</h1>
<p class="lead">Every night we read the knowledge bases. If an article about your technologies is new, or now says something different, you get one e‑mail. On quiet days you get none.</p>
${night === null ? nothingYet() : showNight(night, now)}
</div>
<aside class="rail">
${c.get('visitor') === null && signUpSection()}
${
  most.length > 0 &&
  html`<section><h2>Most changed this month</h2><dl class="facts counts num">
${most.slice(0, 6).map(({ technology, changes }) => html`<dt><a href="${paths.technology(technology.slug)}">${technology.name}</a></dt><dd>${formatNumber(changes)}</dd>`)}
</dl></section>`
}
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

/** The UTC day of the newest change, material first. */
async function readNight(archive: SitePorts['archive'], newest: Instant): Promise<Night> {
  const startsAt: Instant = asId(newest - (newest % dayMs));
  const day = { occurredFrom: startsAt, occurredBefore: asId<Instant>(startsAt + dayMs) };
  const [material, bulkEdits, days, scans] = await Promise.all([
    archive.listChanges({ ...day, limit: shown + 1, leastSignificance: 'material', withoutBulkEdits: true }),
    archive.listBulkEdits({ ...day, limit: 5 }),
    archive.countChangesByDay(day),
    archive.listScans({ limit: 50 }),
  ]);
  const counts = { invisible: 0, minor: 0, material: 0 };
  for (const { significance, changes } of days) counts[significance] += changes;
  const wasThen = (scan: Scan) => scan.startedAt >= startsAt && scan.startedAt < startsAt + dayMs;
  const latest = new Map(scans.filter(wasThen).map((scan) => [scan.sourceId, scan.articleCount ?? 0]));
  const articlesRead = [...latest.values()].reduce((sum, count) => sum + count, 0);
  return { startsAt, material, bulkEdits, counts, articlesRead };
}

function showNight(night: Night, now: Instant): Markup {
  const { counts, material, bulkEdits } = night;
  const isLastNight = now - night.startsAt < 2 * dayMs;
  const touched = counts.invisible + counts.minor + counts.material;
  const facts = [
    isLastNight ? formatLongDay(night.startsAt) : null,
    night.articlesRead > 0 ? `${countOf(night.articlesRead, 'article')} read` : null,
    `${formatNumber(touched)} touched`,
    `${formatNumber(counts.material)} changed`,
  ].filter((fact) => fact !== null);
  return html`<h2>${isLastNight ? 'Last night' : formatLongDay(night.startsAt)} <span class="quiet num">${facts.join(' · ')}</span></h2>
${
  material.length + bulkEdits.length === 0
    ? html`<p>Nothing that matters changed. Nobody gets mail for ${touched === 1 ? 'the edit' : `the ${formatNumber(touched)} edits`} that change nothing a reader would act on. <a href="${paths.changes}">See all changes</a></p>`
    : html`<ol class="log">${material.slice(0, shown).map((change) => changeEntry(change))}${bulkEdits.map(bulkEditEntry)}</ol>
<p><a href="${paths.changes}">${material.length > shown ? `All ${formatNumber(touched)} changes of this night, and earlier ones` : 'Earlier changes'}</a></p>`
}`;
}

function nothingYet(): Markup {
  return html`<h2>Nothing was read yet</h2>
<p>The first scan is a baseline: it takes in all articles and alerts nobody. What changes after it is shown here. <a href="${paths.status}">See how far the scans are</a></p>`;
}

function signUpSection(): Markup {
  return html`<section><h2>Get the alerts</h2>${signUpForm({ button: 'Choose technologies' })}
<p class="quiet">Free. One mail a day at most. One click to stop.</p></section>`;
}
