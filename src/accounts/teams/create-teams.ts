import type { AccountId } from '../../knowledge/ids.ts';
import type { Account } from '../account.ts';
import { acceptInvitation, findInvitation, invite, removeMember, setMemberRole } from './join-team.ts';
import { deleteTeam, makeTeam, requestMailbox } from './make-team.ts';
import { reportWeeks } from './report-weeks.ts';
import type { Team, TeamRole } from './team.ts';
import type { TeamPorts } from './team-ports.ts';

/** All that can be done with teams, on given ports. */
export type Teams = ReturnType<typeof createTeams>;

/** Binds the use cases of teams to their ports; each is documented at its own function. */
export function createTeams(ports: TeamPorts) {
  const { teams, clock } = ports;
  return {
    makeTeam: (owner: Account, request: { name: string }) => makeTeam(ports, owner, request),
    deleteTeam: (by: Account, team: Team) => deleteTeam(ports, by, team),
    listTeamsOf: (id: AccountId) => teams.listTeamsOf(id),
    findTeam: (slug: string, memberId: AccountId) => teams.findTeam(slug, memberId),
    findTeamAccount: (team: Team) => ports.accounts.findAccount(team.accountId),
    listMembers: (team: Team) => teams.listMembers(team.id),
    removeMember: (by: Account, team: Team, id: AccountId) => removeMember(ports, by, team, id),
    setMemberRole: (by: Account, team: Team, member: { id: AccountId; role: TeamRole }) =>
      setMemberRole(ports, by, team, member),
    setWantsReport: (team: Team, id: AccountId, wants: boolean) => teams.setWantsReport(team.id, id, wants),
    invite: (by: Account, team: Team, request: { address: string }) => invite(ports, by, team, request),
    listInvitations: (team: Team) => teams.listInvitations(team.id, clock.now()),
    withdrawInvitation: (team: Team, id: number) => teams.deleteInvitation(team.id, id),
    findInvitation: (secret: string) => findInvitation(ports, secret),
    acceptInvitation: (account: Account, secret: string) => acceptInvitation(ports, account, secret),
    requestMailbox: (team: Team, request: { address: string }) => requestMailbox(ports, team, request),
    clearMailbox: (team: Team) => teams.clearMailbox(team),
    listEntries: (request: Parameters<typeof teams.listEntries>[0]) => teams.listEntries(request),
    markEntry: (request: Omit<Parameters<typeof teams.markEntry>[0], 'now'>) =>
      teams.markEntry({ ...request, now: clock.now() }),
    listReports: (team: Team, limit: number) => teams.listReports(team.id, limit),
    reportWeeks: () => reportWeeks(ports),
  };
}
