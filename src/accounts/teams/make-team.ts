import type { Account } from '../account.ts';
import { parseAddress } from '../address.ts';
import type { AuditEntry } from '../audit.ts';
import { issueToken } from '../issue-token.ts';
import { mayAskAddress, mayCauseLetter, mayNameAddress, namedAddressesPerDay } from '../sign-up.ts';
import type { Team } from './team.ts';
import type { Refused, TeamPorts } from './team-ports.ts';

const maxTeamsPerAccount = 20;
const maxNameLength = 60;

/** Makes a team that the account owns, with the account's time zone and hour. */
export async function makeTeam(
  ports: TeamPorts,
  owner: Account,
  request: { readonly name: string },
): Promise<{ kind: 'made'; team: Team } | Refused> {
  const name = request.name.replace(/\s+/g, ' ').trim();
  if (owner.confirmedAt === null) {
    return { kind: 'refused', sentence: 'Prove your address first: the link is in the letter that you got.' };
  }
  if (name === '' || name.length > maxNameLength) {
    return { kind: 'refused', sentence: `A team needs a name of at most ${maxNameLength} characters.` };
  }
  if ((await ports.teams.listTeamsOf(owner.id)).length >= maxTeamsPerAccount) {
    return {
      kind: 'refused',
      sentence: `You are in ${maxTeamsPerAccount} teams, which is the most. Leave one first.`,
    };
  }
  const now = ports.clock.now();
  const { timeZone, digestHour } = owner;
  const nextDigestAt = ports.digestTimes.findNextDigestAt({ timeZone, digestHour, after: now, last: null });
  // The slug tells a stranger nothing: names of teams are their own affair, and two may have the same.
  const slug = `${slugify(name)}-${ports.secrets
    .newSecret()
    .replace(/[^a-z0-9]/gi, '')
    .slice(0, 6)
    .toLowerCase()}`;
  const unsubscribeSecret = ports.secrets.newSecret();
  const team = await ports.audit.recordAct(
    () => ports.teams.insertTeam({ name, slug, owner, unsubscribeSecret, nextDigestAt, now }),
    (made) => made && tellOfTeam(owner, 'team.made', made),
  );
  if (team === null) return { kind: 'refused', sentence: 'Please try once more.' };
  return { kind: 'made', team };
}

function slugify(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+|-+$/g, '').slice(0, 40) || 'team';
}

/** Mails a link to a shared mailbox; digests go there once it was used. An earlier link stops working. */
export async function requestMailbox(
  ports: TeamPorts,
  team: Team,
  request: { readonly address: string },
): Promise<{ kind: 'mailed' } | Refused> {
  const parsed = parseAddress(request.address);
  if (parsed.kind === 'bad-address') return { kind: 'refused', sentence: parsed.sentence };
  const { accountId } = team;
  const now = ports.clock.now();
  if (!(await mayNameAddress(ports, accountId))) {
    return {
      kind: 'refused',
      sentence: `The team named ${namedAddressesPerDay} addresses within a day, which is the most. Try again tomorrow.`,
    };
  }
  if (!(await mayCauseLetter(ports, 'change-letters', parsed.key))) return { kind: 'mailed' };
  if (!(await mayAskAddress(ports, parsed.key))) return { kind: 'mailed' };
  await ports.tokens.deleteTokens({ purpose: 'change-address', accountId });
  const payload = parsed.address;
  const { secret, expiresAt } = await issueToken(ports, {
    purpose: 'change-address',
    accountId,
    payload,
    now,
  });
  await ports.mailer.queueNotice({
    accountId,
    address: parsed.address,
    notice: {
      kind: 'confirm-team-mailbox',
      team: team.name,
      link: ports.links.changeAddress(secret),
      expiresAt,
    },
  });
  return { kind: 'mailed' };
}

export async function deleteTeam(ports: TeamPorts, by: Account, team: Team): Promise<void> {
  await ports.audit.recordAct(
    () => ports.teams.deleteTeam(team.id),
    () => tellOfTeam(by, 'team.deleted', team),
  );
}

/** The entry of the audit trail. */
export function tellOfTeam(
  { id }: Account,
  action: `${'team' | 'team-member'}.${string}`,
  team: Team,
  detail: Readonly<Record<string, string | number>> = {},
): AuditEntry {
  return { actor: { kind: 'account', id }, action, subject: `team:${team.id}`, detail };
}
