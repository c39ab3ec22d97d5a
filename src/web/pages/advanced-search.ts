import { html } from 'hono/html';
import { sectionKinds } from '../../knowledge/document.ts';
import { sortByName } from '../../knowledge/technology.ts';
import { queryHelp } from '../../search/query-help.ts';
import { paths } from '../links.ts';
import { choice, field } from '../parts/field.ts';
import { renderPage } from '../parts/layout.ts';
import { searchTerm } from '../search-terms.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** A form that writes the query language, so that nobody needs to know it. */
export function showAdvancedSearch(ports: Pick<SitePorts, 'archive'>): Action {
  return async (c) => {
    if (c.req.query('write') !== undefined) return c.redirect(paths.search(writeQuery(c)));
    const [technologies, sources, articles] = await Promise.all([
      ports.archive.listTechnologies(),
      ports.archive.listSources(),
      ports.archive.countArticlesByTechnology(),
    ]);
    const used = sortByName(technologies.filter((one) => (articles.get(one.id) ?? 0) > 0));
    const any = { value: '', text: 'any' };
    const main = html`<div class="cols"><div>
<h1>Advanced search</h1>
<form action="${paths.advancedSearch}">
${field({ label: 'All of these words', name: 'words', type: 'search', value: c.req.query('q') ?? '', hint: 'Error codes, KB numbers, messages, words.' })}
${field({ label: 'This exact phrase', name: 'phrase', hint: 'A message as it is shown.' })}
${field({ label: 'None of these words', name: 'without' })}
${choice({ label: 'About', name: 'technology', value: '', options: [any, ...used.map((one) => ({ value: one.slug, text: one.name }))] })}
${sources.length > 1 && choice({ label: 'From', name: 'source', value: '', options: [any, ...sources.map((one) => ({ value: one.name, text: one.title }))] })}
${choice({
  label: 'Words are in',
  name: 'in',
  value: '',
  options: [
    { value: '', text: 'the whole article' },
    { value: 'title', text: 'the title' },
    ...searchedSections.map((kind) => ({ value: kind, text: `the section “${kind.replaceAll('-', ' ')}”` })),
  ],
})}
${choice({ label: 'It has', name: 'has', value: '', options: [any, ...parts.map((part) => ({ value: part, text: part.replaceAll('-', ' ') }))] })}
${choice({
  label: 'Articles',
  name: 'is',
  value: '',
  options: [
    { value: '', text: 'that the vendor shows' },
    { value: 'retired', text: 'that the vendor has withdrawn' },
  ],
})}
<div class="row">
<label class="field"><span>Changed from</span><input type="date" name="after"></label>
<label class="field"><span>until</span><input type="date" name="before"></label></div>
<div class="actions"><button class="btn" name="write" value="1">Search</button></div>
</form></div>
<aside class="rail"><section><h2>The same, typed</h2><dl class="facts stacked">${queryHelp.map(({ syntax, meaning, example }) => html`<dt><code>${syntax}</code></dt><dd>${meaning} <a href="${paths.search(example)}"><code>${example}</code></a></dd>`)}</dl></section></aside></div>`;
    return renderPage(c, { title: 'Advanced search', main, isPrivate: c.req.url.includes('?') });
  };
}

const searchedSections = sectionKinds.filter((kind) => kind !== 'other' && kind !== 'applies-to');
const parts = [...sectionKinds.filter((kind) => kind !== 'other'), 'remedy'];

/** The query that the form says. */
function writeQuery(c: SiteContext): string {
  const get = (name: string) => (c.req.query(name) ?? '').trim();
  const scope = get('in') === 'title' ? 'title:' : '';
  const phrase = get('phrase').replaceAll('"', '');
  const split = (text: string) => text.split(/\s+/).filter(Boolean);
  const [after, before] = [get('after'), get('before')];
  const section = searchedSections.find((kind) => kind === get('in'));
  return [
    ...(section ? [`section:${section}`] : []),
    ...split(get('words')).map((word) => `${scope}${word}`),
    ...(phrase === '' ? [] : [`${scope}"${phrase}"`]),
    ...split(get('without')).map((word) => `-${word}`),
    ...(['technology', 'source', 'has', 'is'] as const).flatMap((name) =>
      get(name) === '' ? [] : [searchTerm(name, get(name))],
    ),
    ...(after === '' && before === '' ? [] : [`changed:${after}..${before}`]),
  ].join(' ');
}
