import { html } from 'hono/html';
import type { TechnologyRule } from '../../community/curation.ts';
import { paths } from '../links.ts';
import { adminPage } from '../parts/admin-frame.ts';
import { choice, field } from '../parts/field.ts';
import type { Markup } from '../parts/markup.ts';
import { dayTag } from '../parts/time.ts';
import { formatNumber } from '../parts/wording.ts';
import { readForm } from '../read-form.ts';
import { recordByVisitor } from '../record-by-visitor.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'archive' | 'audit' | 'clock' | 'community' | 'findTechnologies' | 'outbox'>;

/** What holds for whole sources. */
export function showRules(ports: Ports): Action {
  return async (c) => {
    const [rules, sources] = await Promise.all([ports.community.listRules(), ports.archive.listSources()]);
    const options = sources.map(({ name, title }) => ({ value: name, text: title }));
    const main = html`<p class="lead">Where a source’s articles are taken for the wrong technology again and again, say it once for all of them: for those that are there, and for those to come. Nobody is alerted by it, and what you said of <a href="${paths.curation}">a single article</a> stands above it.</p>
${rules.length === 0 ? html`<p>There is no rule yet.</p>` : rulesTable(rules)}
<h2>Make a rule</h2>
${
  options.length === 0
    ? html`<p>There is no source yet.</p>`
    : html`<form method="post" action="${paths.curationRules}">
${choice({ label: 'Articles of', name: 'source', value: c.req.query('source') ?? '', options })}
${field({ label: 'that are taken for', name: 'technology', hint: 'A name of a technology; former names work.', value: c.req.query('technology') ?? '', autocomplete: 'off', isRequired: true })}
${field({ label: 'are about', name: 'instead', hint: 'Leave it empty where they are about none.', autocomplete: 'off' })}
<p class="actions"><button class="btn">Make the rule</button></p></form>`
}`;
    return adminPage(c, {
      title: 'Rules for technologies',
      tab: paths.curation,
      main,
      hasOutbox: ports.outbox !== null,
    });
  };
}

function rulesTable(rules: readonly TechnologyRule[]): Markup {
  return html`<table class="table"><thead><tr><th>Source</th><th>Taken for</th><th>Is about</th><th class="num">Articles</th><th>Since</th><th><span class="hidden">Withdraw</span></th></tr></thead><tbody>${rules.map(
    (rule) => html`<tr><td>${rule.source.title}</td><td data-label="Taken for">${rule.technology}</td>
<td data-label="Is about">${rule.instead ?? html`<span class="quiet">none of it</span>`}</td>
<td class="num" data-label="Articles corrected">${formatNumber(rule.articles)}</td><td data-label="Since">${dayTag(rule.madeAt)}</td>
<td><form method="post" action="${paths.curationRules}/${rule.id}/withdraw"><button class="link" aria-label="Withdraw the rule for ${rule.technology} in ${rule.source.title}">Withdraw</button></form></td></tr>`,
  )}</tbody></table>`;
}

export function makeRule(ports: Ports): Action {
  return async (c) => {
    const form = await readForm(c);
    const find = async (name: string) => (await ports.findTechnologies(name))[0];
    const insteadName = form.text('instead');
    const [source, technology, instead] = await Promise.all([
      ports.archive.findSource(form.text('source')),
      find(form.text('technology')),
      insteadName === '' ? null : find(insteadName),
    ]);
    const back = (said: string) => c.redirect(`${paths.curationRules}?said=${said}`);
    if (source === null) return back('rule-not-found');
    if (technology === undefined || instead === undefined) return back('no-technology');
    const curatorId = readVisitor(c).account.id;
    const outcome = await ports.audit.recordAct(
      () =>
        ports.community.makeRule({
          sourceId: source.id,
          technologyId: technology.id,
          insteadId: instead?.id ?? null,
          curatorId,
          now: ports.clock.now(),
        }),
      (made) =>
        made.kind === 'made'
          ? {
              actor: { kind: 'account', id: curatorId },
              action: 'technology-rule.made',
              subject: `technology-rule:${made.id}`,
              detail: {
                source: source.name,
                technology: technology.slug,
                instead: instead?.slug ?? null,
                articles: made.articles,
              },
            }
          : null,
    );
    return back(`rule-${outcome.kind}`);
  };
}

export function withdrawRule(ports: Ports): Action {
  return async (c) => {
    const id = Number(c.req.param('id'));
    const isGone = await recordByVisitor(ports.audit, c, () => ports.community.withdrawRule(id), {
      action: 'technology-rule.withdrawn',
      subject: `technology-rule:${id}`,
    });
    return c.redirect(`${paths.curationRules}?said=${isGone ? 'rule-withdrawn' : 'rule-not-found'}`);
  };
}
