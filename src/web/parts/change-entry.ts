import { html } from 'hono/html';
import type { BulkEdit, ChangeWithArticle } from '../../knowledge/archive.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import type { Markup } from './markup.ts';
import { dayTag } from './time.ts';
import { shorten } from './wording.ts';

const shownReasons = 3;

/** How the log names a change, and the colour that stands for it. */
export function nameChange(change: Pick<ChangeWithArticle, 'kind' | 'significance'>): {
  label: string;
  tone: 'new' | 'changed' | 'minor' | 'gone';
} {
  switch (change.kind) {
    case 'created':
      return { label: 'New', tone: 'new' };
    case 'retired':
      return { label: 'Retired', tone: 'gone' };
    case 'restored':
      return { label: 'Restored', tone: 'new' };
    case 'moved':
      return { label: 'Moved', tone: 'minor' };
    case 'revised':
      if (change.significance === 'material') return { label: 'Changed', tone: 'changed' };
      return { label: change.significance === 'minor' ? 'Minor' : 'Invisible', tone: 'minor' };
  }
}

export function kindTag(change: Pick<ChangeWithArticle, 'kind' | 'significance'>): Markup {
  const { label, tone } = nameChange(change);
  return html`<span class="kind ${tone}">${label}</span>`;
}

/** The technologies that no other of the list is below. */
export function mostSpecific(technologies: readonly Technology[]): Technology[] {
  const parents = new Set(technologies.map((technology) => technology.parentId));
  return technologies.filter((technology) => !parents.has(technology.id));
}

/** Technologies as links, the first three; the rest as a number. */
export function technologyLinks(technologies: readonly Technology[], most = 3): Markup[] {
  const shown = mostSpecific(technologies);
  const links = shown
    .slice(0, most)
    .map((one, n) => html`${n > 0 && ', '}<a href="${paths.technology(one.slug)}">${one.name}</a>`);
  return shown.length > most ? [...links, html` and ${shown.length - most} more`] : links;
}

/** One line of the log. `showsDay`: where the log is not grouped by day. */
export function changeEntry(change: ChangeWithArticle, { showsDay = false } = {}): Markup {
  const { article, fromRevision, toRevision } = change;
  const reasons = change.reasons.slice(0, shownReasons).map((reason) => reason.sentence.replace(/\.?$/, '.'));
  if (change.reasons.length > shownReasons) reasons.push('And more.');
  const retired = change.kind === 'retired' ? ['its last revision stays here'] : [];
  const meta: Markup[] = [
    ...(change.technologies.length > 0 ? [html`${technologyLinks(change.technologies)}`] : []),
    ...(article.externalIds[0] === undefined ? [] : [html`${article.externalIds[0]}`]),
    ...(toRevision > 1 ? [html`revision ${toRevision}`] : []),
    ...retired.map((text) => html`${text}`),
    ...(fromRevision !== null && fromRevision !== toRevision
      ? [html`<a href="${paths.difference(article.id, fromRevision, toRevision)}">what changed</a>`]
      : []),
    ...(showsDay ? [dayTag(change.occurredAt)] : []),
  ];
  return html`<li>${kindTag(change)}<div>
<h3><a href="${paths.article(article.id)}">${article.title}</a></h3>
${reasons.length > 0 && change.kind !== 'created' && html`<p class="why">${shorten(reasons.join(' '), 280)}</p>`}
<p class="meta">${joinWith(meta, html` · `)}</p>
</div></li>`;
}

/** A bulk edit is one line, however many articles it touched. */
export function bulkEditEntry(edit: BulkEdit): Markup {
  const verdict =
    edit.significance === 'material' ? 'Judged material' : `Judged ${edit.significance}: in no one’s mail`;
  return html`<li><span class="kind ${edit.significance === 'material' ? 'changed' : 'minor'}">Bulk edit</span><div>
<h3><a href="${paths.bulkEdit(edit.id)}">${edit.sentence}</a></h3>
<p class="meta">${verdict}</p>
</div></li>`;
}

function joinWith(parts: readonly Markup[], separator: Markup): Markup[] {
  return parts.flatMap((part, n) => (n === 0 ? [part] : [separator, part]));
}
