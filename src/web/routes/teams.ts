import { paths } from '../links.ts';
import {
  acceptInvitation,
  changeTeamRole,
  chooseReport,
  clearMailbox,
  inviteToTeam,
  removeFromTeam,
  requestMailbox,
  resumeTeam,
  showInvitation,
  withdrawInvitation,
} from '../pages/change-team.ts';
import { markEntry, showBoard } from '../pages/team-board.ts';
import {
  addTeamChannel,
  removeTeamChannel,
  showTeamChannels,
  testTeamChannel,
} from '../pages/team-channels.ts';
import {
  followForTeam,
  setTeamThreshold,
  showTeamFollowing,
  unfollowForTeam,
} from '../pages/team-following.ts';
import { showTeamMembers } from '../pages/team-members.ts';
import { showTeamReport, showTeamReports } from '../pages/team-reports.ts';
import { deleteTeam, makeTeam, showTeams } from '../pages/teams.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { requireFresh, requireVisitor } from '../visitor.ts';

/** What teams share; each page asks for itself whether who is signed in is a member. */
export function routeTeams(site: SiteApp, ports: SitePorts): void {
  site.use('/teams/*', requireVisitor);
  site.get(paths.teams, showTeams(ports));
  site.post(paths.teams, makeTeam(ports));
  site.get('/teams/:slug', showBoard(ports));
  site.post('/teams/:slug/mark', markEntry(ports));
  site.get('/teams/:slug/following', showTeamFollowing(ports));
  site.post('/teams/:slug/following', followForTeam(ports));
  site.post('/teams/:slug/following/:id{[0-9]{1,15}}/threshold', setTeamThreshold(ports));
  site.post('/teams/:slug/following/:id{[0-9]{1,15}}/stop', unfollowForTeam(ports));
  site.get('/teams/:slug/channels', showTeamChannels(ports));
  site.post('/teams/:slug/channels', addTeamChannel(ports));
  site.post('/teams/:slug/channels/:id{[0-9]{1,15}}/test', testTeamChannel(ports));
  site.post('/teams/:slug/channels/:id{[0-9]{1,15}}/remove', removeTeamChannel(ports));
  site.get('/teams/:slug/members', showTeamMembers(ports));
  site.post('/teams/:slug/members/invite', inviteToTeam(ports));
  site.post('/teams/:slug/members/withdraw', withdrawInvitation(ports));
  site.post('/teams/:slug/members/remove', removeFromTeam(ports));
  site.post('/teams/:slug/members/role', changeTeamRole(ports));
  site.post('/teams/:slug/members/report', chooseReport(ports));
  site.post('/teams/:slug/members/mailbox', requestMailbox(ports));
  site.post('/teams/:slug/members/mailbox/remove', clearMailbox(ports));
  site.post('/teams/:slug/members/resume', resumeTeam(ports));
  site.get('/teams/:slug/reports', showTeamReports(ports));
  site.get('/teams/:slug/reports/:week{[0-9-]{10}}', showTeamReport(ports));
  site.post('/teams/:slug/delete', requireFresh(paths.teams), deleteTeam(ports));
  site.get('/team-invitation/:token', showInvitation(ports));
  site.post('/team-invitation/:token', requireVisitor, acceptInvitation(ports));
}
