import { html } from 'hono/html';
import type { SourceId, TechnologyId } from '../../knowledge/ids.ts';
import type { Source } from '../../knowledge/source.ts';
import type { Technology } from '../../knowledge/technology.ts';
import type { SearchAnswer } from '../../search/search-answer.ts';
import { paths } from '../links.ts';
import { searchTerm } from '../search-terms.ts';
import type { Markup } from './markup.ts';
import { formatNumber } from './wording.ts';

const shown = 8;

/** How the hits divide: each value narrows the query to it. */
export function facetsSection(given: {
  readonly answer: SearchAnswer;
  readonly query: string;
  readonly technologies: ReadonlyMap<TechnologyId, Technology>;
  readonly sources: ReadonlyMap<SourceId, Source>;
}): Markup {
  const { answer, query, technologies, sources } = given;
  const { facets, total } = answer;
  const entry = (text: string, term: string, count: number) => ({ text, term, count });
  const groups = [
    {
      title: 'Technology',
      entries: facets.technologies.flatMap(({ id, count }) => {
        const technology = technologies.get(id);
        return technology === undefined
          ? []
          : [entry(technology.name, searchTerm('technology', technology.slug), count)];
      }),
    },
    {
      title: 'Has a section',
      entries: facets.sections
        .filter(({ kind }) => kind !== 'other')
        .map(({ kind, count }) => entry(kind.replaceAll('-', ' '), searchTerm('has', kind), count)),
    },
    {
      title: 'Last changed',
      entries: facets.years.map(({ year, count }) =>
        entry(String(year), searchTerm('changed', String(year)), count),
      ),
    },
    {
      title: 'Source',
      entries: facets.sources.flatMap(({ id, count }) => {
        const source = sources.get(id);
        return source === undefined ? [] : [entry(source.title, searchTerm('source', source.name), count)];
      }),
    },
  ];
  return html`${groups.map(({ title, entries }) => {
    // A value that all hits have narrows nothing.
    const useful = entries
      .filter(({ count, term }) => count < total && !query.includes(term))
      .slice(0, shown);
    if (useful.length === 0) return null;
    return html`<section><h2>${title}</h2><dl class="facts counts num">${useful.map(({ text, term, count }) => html`<dt><a href="${paths.search(`${query} ${term}`)}">${text}</a></dt><dd>${formatNumber(count)}</dd>`)}</dl></section>`;
  })}`;
}
