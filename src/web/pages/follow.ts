import { defaultThreshold, type Followed } from '../../alerts/subscription.ts';
import type { FollowOutcome } from '../../alerts/subscription-store.ts';
import { type AccountId, asId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** Reads what a form or link names to follow, such as `technology:12`; null where it makes no sense. */
function readFollowable(name: string): Followed | null {
  const at = name.indexOf(':');
  const [kind, value] = [name.slice(0, at), name.slice(at + 1).trim()];
  if (kind === 'search') return value === '' ? null : { kind: 'search', query: value.slice(0, 500) };
  if (!/^[1-9]\d{0,14}$/.test(value)) return null;
  const id = Number(value);
  if (kind === 'technology') return { kind, technologyId: asId(id) };
  if (kind === 'article') return { kind, articleId: asId(id) };
  if (kind === 'source') return { kind, sourceId: asId(id) };
  return null;
}

/** Follows what is named, from the usual threshold on. null: the name makes no sense. */
export async function followNamed(
  ports: Pick<SitePorts, 'subscriptions' | 'clock'>,
  accountId: AccountId,
  name: string,
): Promise<FollowOutcome | null> {
  const followed = readFollowable(name);
  if (followed === null) return null;
  return ports.subscriptions.follow({
    accountId,
    followed,
    threshold: defaultThreshold,
    now: ports.clock.now(),
  });
}

/** The button "Follow": at once when signed in, for a team of theirs where one was chosen, else by way of signing up. */
export function follow(ports: Pick<SitePorts, 'subscriptions' | 'teams' | 'clock'>): Action {
  return async (c) => {
    const form = await readForm(c);
    const name = form.text('follow');
    const visitor = c.get('visitor');
    if (visitor !== null && form.has('team')) {
      const found = await ports.teams.findTeam(form.text('team'), visitor.account.id);
      if (found === null) return notFoundPage(c, 'team');
      const ofTeam = await followNamed(ports, found.team.accountId, name);
      return c.redirect(`${paths.team(found.team.slug)}/following?said=${ofTeam?.kind ?? 'not-found'}`);
    }
    if (visitor === null) return c.redirect(`${paths.signUp}?follow=${encodeURIComponent(name)}`);
    const outcome = await followNamed(ports, visitor.account.id, name);
    return c.redirect(`${paths.account}?said=${outcome?.kind ?? 'not-found'}`);
  };
}
