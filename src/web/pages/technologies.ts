import { html } from 'hono/html';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import { plantTree, showTree } from '../parts/technology-tree.ts';
import { countOf, formatNumber } from '../parts/wording.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** The tree of all technologies that articles apply to. */
export function showTechnologies(ports: Pick<SitePorts, 'archive'>): Action {
  return async (c) => {
    const [technologies, articles] = await Promise.all([
      ports.archive.listTechnologies(),
      ports.archive.countArticlesByTechnology(),
    ]);
    const tree = plantTree(technologies, articles);
    const used = technologies.filter((technology) => (articles.get(technology.id) ?? 0) > 0).length;
    const main = html`<div class="cols narrow"><div>
<h1>Technologies</h1>
<p class="lead">${used === 0 ? 'None yet: they come with the first articles.' : `${countOf(used, 'technology', 'technologies')} with articles. Follow one, and you follow everything below it.`}</p>
<label class="field" hidden><span>Find one</span><input type="search" data-filters="tree" placeholder="Name or former name" autocomplete="off"></label>
${showTree(tree, 'tree', (one) => html`<a href="${paths.technology(one.slug)}">${one.name}</a><span class="count">${formatNumber(articles.get(one.id) ?? 0)}</span>`)}
</div></div>`;
    return renderPage(c, { title: 'Technologies', main, canonical: paths.technologies });
  };
}
