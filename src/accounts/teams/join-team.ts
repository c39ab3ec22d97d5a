import type { AccountId, Instant } from '../../knowledge/ids.ts';
import type { Account } from '../account.ts';
import { parseAddress } from '../address.ts';
import { mayAskAddress, mayCauseLetter } from '../sign-up.ts';
import { tellOfTeam } from './make-team.ts';
import type { Team, TeamRole } from './team.ts';
import type { Refused, TeamPorts } from './team-ports.ts';

const invitationLifetimeMs = 7 * 86_400_000;
const maxInvitationsPerDay = 50;

/** Mails an invitation that works once, for a week. The answer tells nothing of whether the address has an account. */
export async function invite(
  ports: TeamPorts,
  by: Account,
  team: Team,
  request: { readonly address: string },
): Promise<{ kind: 'invited' } | Refused> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return { kind: 'refused', sentence: parsed.sentence };
  const now = ports.clock.now();
  const limit = { name: 'team-invitations', key: String(by.id), limit: maxInvitationsPerDay };
  const taken = await ports.rateLimits.takePermits({ ...limit, windowMs: 86_400_000, now });
  if (taken.kind === 'limited') {
    return {
      kind: 'refused',
      sentence: `You invited ${maxInvitationsPerDay} people today, which is the most. Go on tomorrow.`,
    };
  }
  if (!(await mayCauseLetter(ports, 'invitation-letters', parsed.key))) return { kind: 'invited' };
  const invited = await ports.accounts.findAccountByKey(parsed.key);
  if (!invited?.confirmedAt && !(await mayAskAddress(ports, parsed.key))) return { kind: 'invited' };
  const secret = ports.secrets.newSecret();
  const expiresAt = (now + invitationLifetimeMs) as Instant; // an instant plus a span is one
  await ports.teams.insertInvitation({
    teamId: team.id,
    address: parsed.address,
    addressKey: parsed.key,
    tokenHash: ports.secrets.hashSecret(secret),
    invitedBy: by.id,
    now,
    expiresAt,
  });
  const link = ports.links.teamInvitation(secret);
  await ports.mailer.queueNotice({
    accountId: null,
    address: parsed.address,
    notice: { kind: 'team-invitation', team: team.name, inviter: by.address, link, expiresAt },
  });
  return { kind: 'invited' };
}

export function findInvitation(
  ports: TeamPorts,
  secret: string,
): Promise<{ team: Team; address: string } | null> {
  return ports.teams.findInvitation(ports.secrets.hashSecret(secret), ports.clock.now());
}

/** Whoever has the link and is signed in joins: it was mailed to them, or handed on by who got it. */
export async function acceptInvitation(
  ports: TeamPorts,
  account: Account,
  secret: string,
): Promise<Team | null> {
  const hash = ports.secrets.hashSecret(secret);
  return ports.audit.recordAct(
    () => ports.teams.acceptInvitation(hash, account.id, ports.clock.now()),
    (team) => team && tellOfTeam(account, 'team-member.added', team, { account: account.id }),
  );
}

/** Leaving, when `memberId` is who asks; else an owner removes somebody. */
export async function removeMember(
  ports: TeamPorts,
  by: Account,
  team: Team,
  memberId: AccountId,
): Promise<'done' | 'last-owner' | 'not-found'> {
  return ports.audit.recordAct(
    () => ports.teams.removeMember(team.id, memberId),
    (done) => (done === 'done' ? tellOfTeam(by, 'team-member.removed', team, { account: memberId }) : null),
  );
}

/** Handing over: another owner is made, then one can step down. */
export async function setMemberRole(
  ports: TeamPorts,
  by: Account,
  team: Team,
  member: { readonly id: AccountId; readonly role: TeamRole },
): Promise<'done' | 'last-owner' | 'not-found'> {
  const detail = { account: member.id, to: member.role };
  return ports.audit.recordAct(
    () => ports.teams.setMemberRole(team.id, member.id, member.role),
    (done) => (done === 'done' ? tellOfTeam(by, 'team-member.changed', team, detail) : null),
  );
}
