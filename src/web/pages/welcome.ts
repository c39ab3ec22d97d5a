import { html } from 'hono/html';
import { defaultThreshold } from '../../alerts/subscription.ts';
import { asId, type TechnologyId } from '../../knowledge/ids.ts';
import type { Technology } from '../../knowledge/technology.ts';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import type { Markup } from '../parts/markup.ts';
import { saidNote } from '../parts/said-note.ts';
import { plantTree, showTree } from '../parts/technology-tree.ts';
import { formatNumber } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';
import { signUpSteps } from './sign-up.ts';

type Ports = Pick<SitePorts, 'archive' | 'subscriptions' | 'findTechnologies' | 'clock'>;

const popularCount = 12;
const maxPastedNames = 200;

/** Where a newcomer, or anybody later, chooses technologies: popular ones, the whole tree, or a pasted list. */
export function showWelcome(ports: Ports): Action {
  return (c) =>
    renderPicker(ports, c, {
      chosen: new Set((c.req.queries('technology') ?? []).map(Number)),
      names: c.req.query('names') ?? '',
      wanted: c.req.query('wanted') ?? '',
    });
}

/** Follows what was chosen; names that mean nothing to us are told on the next page. */
export function choose(ports: Ports): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const form = await readForm(c);
    const ids = form.all('technology').map(Number).filter(Number.isSafeInteger);
    const names = splitNames(form.text('names')).slice(0, maxPastedNames);
    const unknown: string[] = [];
    for (const name of names) {
      const [found] = await ports.findTechnologies(name);
      if (found === undefined) unknown.push(name);
      else ids.push(found.id);
    }
    for (const id of new Set(ids)) {
      await ports.subscriptions.follow({
        accountId: account.id,
        followed: { kind: 'technology', technologyId: asId<TechnologyId>(id) },
        threshold: defaultThreshold,
        now: ports.clock.now(),
      });
    }
    const rest = unknown.slice(0, 20).map((name) => `unknown=${encodeURIComponent(name.slice(0, 80))}`);
    return c.redirect(`${paths.welcome}/preview${rest.length > 0 ? `?${rest.join('&')}` : ''}`);
  };
}

/** One name a line, or separated by commas, semicolons or tabs, as spreadsheets and mails have them. */
function splitNames(text: string): string[] {
  return [...new Set(text.split(/[\n,;\t]+/).map((name) => name.replace(/^[\s•*\-–]+/, '').trim()))].filter(
    Boolean,
  );
}

async function renderPicker(
  ports: Ports,
  c: SiteContext,
  given: { chosen: ReadonlySet<number>; names: string; wanted: string },
) {
  const { account } = readVisitor(c);
  const [technologies, articles, subscriptions] = await Promise.all([
    ports.archive.listTechnologies(),
    ports.archive.countArticlesByTechnology(),
    ports.subscriptions.listSubscriptions(account.id),
  ]);
  const followed = new Set(
    subscriptions.flatMap(({ followed: one }) => (one.kind === 'technology' ? [one.technologyId] : [])),
  );
  const words = given.wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = (one: Technology) =>
    words.every((word) => `${one.name} ${one.aliases.join(' ')}`.toLowerCase().includes(word));
  const wanted = words.length === 0 ? technologies : technologies.filter(isWanted);
  const tree = plantTree(words.length === 0 ? technologies : flatten(wanted), articles);
  const popular = technologies
    .filter((one) => one.parentId !== null && one.origin === 'curated')
    .sort((a, b) => (articles.get(b.id) ?? 0) - (articles.get(a.id) ?? 0))
    .slice(0, popularCount)
    .filter((one) => (articles.get(one.id) ?? 0) > 0);

  const box = (one: Technology): Markup => {
    const isFollowed = followed.has(one.id);
    const isChecked = isFollowed || given.chosen.has(one.id);
    return html`<label><input type="checkbox" name="technology" value="${one.id}"${isChecked && html` checked`}${isFollowed && html` disabled`}>${one.name} <small>${formatNumber(articles.get(one.id) ?? 0)}${isFollowed && ', followed'}</small></label>`;
  };
  return renderPage(c, {
    title: 'Choose technologies',
    isPrivate: true,
    main: html`<div class="cols narrow"><div>${subscriptions.length === 0 && signUpSteps(2)}
<h1>Choose technologies</h1>
${saidNote(c.req.query('said'))}
<p class="lead">You get a mail on the mornings after something about these changed. Each takes in everything below it.</p>
<form method="post" action="${paths.welcome}">
${popular.length > 0 && html`<fieldset><legend>Many articles are about</legend><div class="picks">${popular.map(box)}</div></fieldset>`}
<fieldset><legend>All technologies</legend>
<div class="row"><label class="field"><span>Find one</span><input type="search" name="wanted" value="${given.wanted}" data-filters="picker" placeholder="Name or former name" autocomplete="off"></label>
<button class="btn plain" formmethod="get" formaction="${paths.welcome}" data-only-without-script>Find</button></div>
${tree.roots.length === 0 ? html`<p>${words.length === 0 ? 'There are none before the first scan has ended.' : 'No technology is called that. Try a part of its name, or a former one.'}</p>` : showTree(tree, 'picker', box)}
</fieldset>
<label class="field"><span>Or paste a list of product names</span><span class="quiet" id="names-hint">One a line, or with commas between them. Former names are fine.</span>
<textarea name="names" aria-describedby="names-hint">${given.names}</textarea></label>
<div class="actions bar"><button class="btn">Follow these</button><a href="${paths.welcome}/preview">Go on without</a></div>
</form></div></div>`,
  });
}

/** Found technologies as roots of their own: what is above them was not asked for. */
function flatten(found: readonly Technology[]): Technology[] {
  return found.map((technology) => ({ ...technology, parentId: null }));
}
