import { html } from 'hono/html';
import type { Instant } from '../../knowledge/ids.ts';
import type { Scan, Source } from '../../knowledge/source.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { scanTag } from '../parts/scan-words.ts';
import { minuteTag } from '../parts/time.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

const hourMs = 3_600_000;
/** A source that was not read for longer is late: a night was missed. */
const lateAfterMs = 30 * hourMs;

/** How well each source is read, for everybody to see. */
export function showStatus(ports: Pick<SitePorts, 'archive' | 'clock'>): Action {
  return async (c) => {
    const now = ports.clock.now();
    const sources = await ports.archive.listSources();
    const rows = await Promise.all(
      sources.map(async (source) => ({
        source,
        scans: await ports.archive.listScans({ sourceId: source.id, limit: 30 }),
      })),
    );
    const healthy = rows.filter((row) => judge(row.source, row.scans, now).isHealthy).length;
    const main = html`<div class="cols narrow"><div>
<h1>${sources.length === 0 ? 'No source yet' : healthy === sources.length ? 'All sources are read' : `${countOf(sources.length - healthy, 'source')} of ${sources.length} with trouble`}</h1>
<p class="lead">${sources.length === 0 ? 'As soon as an administrator adds a knowledge base, its health is shown here.' : 'When a source can’t be read, nothing of it is lost and nothing is retired: the next good scan catches up.'}</p>
<ol class="log">${rows.map(({ source, scans }) => showSource(source, scans, now))}</ol>
</div></div>`;
    return renderPage(c, { title: 'Source health', main });
  };
}

function judge(source: Source, scans: readonly Scan[], now: Instant) {
  const [last] = scans;
  const good = scans.find((scan) => scan.state === 'done' || scan.state === 'unchanged');
  const sinceGoodMs = good === undefined ? null : now - (good.endedAt ?? good.startedAt);
  const failures = scans.findIndex((scan) => scan.state === 'done' || scan.state === 'unchanged');
  const failed = scans
    .slice(0, failures < 0 ? undefined : failures)
    .filter((scan) => scan.state !== 'running').length;
  const isLate = sinceGoodMs !== null && sinceGoodMs > lateAfterMs;
  const isHealthy = source.state === 'paused' || (failed === 0 && !isLate && good !== undefined);
  return { last, good, failed, isLate, isHealthy };
}

function showSource(source: Source, scans: readonly Scan[], now: Instant): Markup {
  const { last, good, failed, isLate } = judge(source, scans, now);
  const tag =
    source.state === 'paused'
      ? html`<span class="kind minor">Paused</span>`
      : last === undefined
        ? html`<span class="kind minor">Waiting</span>`
        : isLate && failed === 0
          ? html`<span class="kind bad">Late</span>`
          : scanTag(last);
  const facts = [
    good === undefined ? html`never read yet` : html`last read ${minuteTag(good.endedAt ?? good.startedAt)}`,
    ...(good?.articleCount == null ? [] : [html`${formatNumber(good.articleCount)} articles`]),
    ...(failed > 0 ? [html`${countOf(failed, 'try', 'tries')} since without success`] : []),
  ];
  return html`<li>${tag}<div><h2>${source.title}</h2>
${last?.state === 'held' ? html`<p class="why">It suddenly showed far fewer articles, so an administrator looks before anything is retired.</p>` : last?.state === 'failed' && html`<p class="why">The last visit failed.</p>`}
<p class="meta num">${facts.map((fact, n) => html`${n > 0 && ' · '}${fact}`)}</p>
${source.attribution !== '' && html`<p class="meta">${source.attribution}${source.licence !== '' && `, ${source.licence}`}</p>`}</div></li>`;
}
