import type { Account } from '../accounts/account.ts';
import type { Team, TeamRole } from '../accounts/teams/team.ts';
import { notFoundPage, problemPage } from './parts/problem-page.ts';
import type { Action, SiteContext } from './site-app.ts';
import type { SitePorts } from './site-ports.ts';
import { readVisitor } from './visitor.ts';

/** The teams of who is signed in; none of who is not. */
export async function listTeamsOfVisitor(
  ports: Pick<SitePorts, 'teams'>,
  c: SiteContext,
): Promise<readonly Team[]> {
  const visitor = c.get('visitor');
  return visitor === null ? [] : ports.teams.listTeamsOf(visitor.account.id);
}

/** What an action on a team knows of who acts. */
export type OfTeam = { readonly team: Team; readonly role: TeamRole; readonly account: Account };

/** Acts on the team of the address for its members; to others there is no such page. `owner`: for owners only. */
export function withTeam(
  ports: Pick<SitePorts, 'teams'>,
  act: (c: SiteContext, of: OfTeam) => Response | Promise<Response>,
  needs: TeamRole = 'member',
): Action {
  return async (c) => {
    const { account } = readVisitor(c);
    const found = await ports.teams.findTeam(c.req.param('slug') ?? '', account.id);
    if (found === null) return notFoundPage(c);
    if (needs === 'owner' && found.role !== 'owner') {
      return problemPage(c, {
        status: 403,
        title: 'Only owners of the team can do this',
        happened:
          'You are a member of the team, and members can not change who belongs to it or where its digests go.',
        kept: 'Nothing was changed.',
        next: 'Ask one of its owners: the page of its members names them.',
      });
    }
    return act(c, { ...found, account });
  };
}
