import { html } from 'hono/html';
import { defaultThreshold, type Followed, thresholds } from '../../alerts/subscription.ts';
import { asId, type SubscriptionId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { field } from '../parts/field.ts';
import { teamPage } from '../parts/team-frame.ts';
import { minuteTag } from '../parts/time.ts';
import { readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { withTeam } from '../team-of-visitor.ts';
import { refuseSetting } from './refuse-setting.ts';

type Ports = Pick<SitePorts, 'teams' | 'subscriptions' | 'findTechnologies' | 'clock'>;
const following = (slug: string) => `${paths.team(slug)}/following`;

const thresholdNames = {
  new: 'new articles only',
  material: 'what matters',
  minor: 'minor edits, too',
  invisible: 'every edit',
} as const;

/** What the team follows; every member may change it. */
export function showTeamFollowing(ports: Ports): Action {
  return withTeam(ports, async (c, { team }) => {
    const [subscriptions, account] = await Promise.all([
      ports.subscriptions.listSubscriptions(team.accountId),
      ports.teams.findTeamAccount(team),
    ]);
    const here = following(team.slug);
    const main = html`${
      subscriptions.length === 0
        ? html`<p class="lead">Nothing yet. Add technologies or searches, and the team is told the morning after something changed.</p>`
        : html`<table class="table controls"><thead><tr><th>What</th><th>Tell us</th><th><span class="hidden">Stop</span></th></tr></thead><tbody>
${subscriptions.map(
  (
    one,
  ) => html`<tr><td>${one.title} <span class="quiet">${one.followed.kind === 'search' ? 'saved search' : one.followed.kind}</span></td>
<td><form method="post" action="${here}/${one.id}/threshold" class="row tight"><select name="threshold" data-submits aria-label="From what on ${one.title} tells">${thresholds.map((threshold) => html`<option value="${threshold}"${threshold === one.threshold && html` selected`}>${thresholdNames[threshold]}</option>`)}</select><noscript><button class="btn plain small">Save</button></noscript></form></td>
<td><form method="post" action="${here}/${one.id}/stop"><button class="link" aria-label="Stop following ${one.title}">Stop</button></form></td></tr>`,
)}</tbody></table>`
    }
<h2>Follow more</h2>
<form method="post" action="${here}"><div class="row">${field({ label: 'Technology', name: 'technology', placeholder: 'Exchange Online', autocomplete: 'off', isRequired: true })}<button class="btn plain">Follow it</button></div></form>
<form method="post" action="${here}"><div class="row">${field({ label: 'Or a search', name: 'query', placeholder: '"event id 4625" OR 0x80070005', autocomplete: 'off', maxLength: 500, isRequired: true })}<button class="btn plain">Follow what it finds</button></div></form>
${account?.nextDigestAt && html`<p class="quiet">The next digest can come ${minuteTag(account.nextDigestAt, account.timeZone)}, if there is something to tell by then.</p>`}`;
    return teamPage(c, team, { title: 'Following', tab: here, main });
  });
}

export function followForTeam(ports: Ports): Action {
  return withTeam(ports, async (c, { team }) => {
    const form = await readForm(c);
    const name = form.text('technology');
    const followed = name === '' ? readSearch(form.text('query')) : await findTechnology(ports, name);
    if (followed === null) {
      const sentence =
        name === '' ? 'There was nothing to search for.' : `We know no technology like “${name}”.`;
      return refuseSetting(c, sentence, following(team.slug));
    }
    const outcome = await ports.subscriptions.follow({
      accountId: team.accountId,
      followed,
      threshold: defaultThreshold,
      now: ports.clock.now(),
    });
    return c.redirect(`${following(team.slug)}?said=${outcome.kind}`);
  });
}

function readSearch(query: string): Followed | null {
  return query === '' ? null : { kind: 'search', query: query.slice(0, 500) };
}

async function findTechnology(ports: Ports, name: string): Promise<Followed | null> {
  const [best] = await ports.findTechnologies(name);
  return best === undefined ? null : { kind: 'technology', technologyId: best.id };
}

export function setTeamThreshold(ports: Ports): Action {
  return withTeam(ports, async (c, { team }) => {
    const asked = (await readForm(c)).text('threshold');
    const threshold = thresholds.find((one) => one === asked);
    const isSet =
      threshold !== undefined &&
      (await ports.subscriptions.setThreshold(team.accountId, readId(c), threshold));
    return c.redirect(`${following(team.slug)}?said=${isSet ? 'saved' : 'not-found'}`);
  });
}

export function unfollowForTeam(ports: Ports): Action {
  return withTeam(ports, async (c, { team }) => {
    const isGone = await ports.subscriptions.unfollow(team.accountId, readId(c));
    return c.redirect(`${following(team.slug)}?said=${isGone ? 'unfollowed' : 'not-found'}`);
  });
}

function readId(c: SiteContext): SubscriptionId {
  return asId<SubscriptionId>(Number(c.req.param('id')));
}
