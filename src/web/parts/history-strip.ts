import { html } from 'hono/html';
import type { RevisionFacts } from '../../knowledge/article.ts';
import type { Change } from '../../knowledge/change.ts';
import type { Markup } from './markup.ts';
import { formatMonth } from './time.ts';
import { countOf } from './wording.ts';

const width = 280;
const margin = 8;

/** The life of an article on a line of time: a dot for each revision, filled where it mattered. */
export function historyStrip(revisions: readonly RevisionFacts[], changes: readonly Change[]): Markup | null {
  const first = revisions.at(-1);
  const last = revisions[0];
  if (first === undefined || last === undefined || revisions.length < 2) return null;
  const significanceOf = new Map(changes.map((change) => [change.toRevision, change.significance]));
  const span = Math.max(1, last.capturedAt - first.capturedAt);
  const x = (at: number) => Math.round(margin + ((at - first.capturedAt) / span) * (width - 2 * margin));
  const material = revisions.filter((revision) => significanceOf.get(revision.number) === 'material').length;
  const dots = [...revisions].reverse().map((revision) => {
    const tone = revision.number === 1 ? 'material' : (significanceOf.get(revision.number) ?? 'invisible');
    const radius = tone === 'material' ? 5 : tone === 'minor' ? 3.5 : 3;
    return { tone, radius, x: x(revision.capturedAt) };
  });
  // What matters is drawn last, over the rest.
  dots.sort((a, b) => a.radius - b.radius);
  return html`<svg class="strip" viewBox="0 0 ${width} 40" role="img" aria-label="${countOf(revisions.length, 'revision')}, ${material} of them material">
<path class="line" d="M${margin} 14H${width - margin}"/>
${dots.map((dot) => html`<circle class="dot ${dot.tone}" cx="${dot.x}" cy="14" r="${dot.radius}"/>`)}
<text x="0" y="36">${formatMonth(first.capturedAt)}</text>
<text x="${width}" y="36" text-anchor="end">${formatMonth(last.capturedAt)}</text>
</svg>`;
}
