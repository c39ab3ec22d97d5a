import type { Kysely } from 'kysely';
import type { TeamRole, TeamStore } from '../accounts/teams/team.ts';
import { asId } from '../knowledge/ids.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { createTeamBoard } from './teams-board.ts';
import { createTeamInvitations } from './teams-invitations.ts';
import { deleteTeam } from './teams-leave.ts';
import { readTeam } from './teams-read.ts';
import { createTeamReports } from './teams-reports.ts';

/** The rows of teams; see TeamStore for what each function answers. */
export function createTeamStore(database: Database): TeamStore {
  const { db } = database;
  return {
    ...createTeamInvitations(db),
    ...createTeamBoard(db),
    ...createTeamReports(db),

    insertTeam: ({ name, slug, owner, unsubscribeSecret, nextDigestAt, now }) =>
      db.transaction().execute(async (tx) => {
        const account = await tx
          .insertInto('accounts')
          .values({
            kind: 'team',
            address: '',
            address_key: keyWithoutMailbox(slug),
            confirmed_at: now,
            role: 'reader',
            password_hash: null,
            time_zone: owner.timeZone,
            digest_hour: owner.digestHour,
            paused: 0,
            next_digest_at: nextDigestAt,
            unsubscribe_secret: unsubscribeSecret,
            created_at: now,
          })
          .onConflict((conflict) => conflict.column('address_key').doNothing())
          .returning('id')
          .executeTakeFirst();
        const taken = await tx.selectFrom('teams').select('id').where('slug', '=', slug).executeTakeFirst();
        if (account === undefined || taken !== undefined) {
          if (account !== undefined) await tx.deleteFrom('accounts').where('id', '=', account.id).execute();
          return null;
        }
        const row = await tx
          .insertInto('teams')
          .values({ account_id: account.id, slug, name, created_at: now })
          .returningAll()
          .executeTakeFirstOrThrow();
        await tx
          .insertInto('team_members')
          .values({ team_id: row.id, account_id: owner.id, role: 'owner', wants_report: 1, joined_at: now })
          .execute();
        return readTeam(row);
      }),

    async listTeamsOf(memberId) {
      const rows = await db
        .selectFrom('teams')
        .innerJoin('team_members', 'team_members.team_id', 'teams.id')
        .selectAll('teams')
        .select('team_members.role')
        .where('team_members.account_id', '=', memberId)
        .orderBy('teams.name')
        .execute();
      return rows.map((row) => ({ ...readTeam(row), role: readRole(row.role) }));
    },

    async findTeam(slug, memberId) {
      const row = await db
        .selectFrom('teams')
        .innerJoin('team_members', 'team_members.team_id', 'teams.id')
        .selectAll('teams')
        .select('team_members.role')
        .where('teams.slug', '=', slug)
        .where('team_members.account_id', '=', memberId)
        .executeTakeFirst();
      return row === undefined ? null : { team: readTeam(row), role: readRole(row.role) };
    },

    deleteTeam: (id) => deleteTeam(db, id),

    async listMembers(id) {
      const rows = await db
        .selectFrom('team_members')
        .innerJoin('accounts', 'accounts.id', 'team_members.account_id')
        .selectAll('team_members')
        .select('accounts.address')
        .where('team_members.team_id', '=', id)
        .orderBy('team_members.role', 'desc')
        .orderBy('team_members.joined_at')
        .execute();
      return rows.map((row) => ({
        accountId: asId(row.account_id),
        address: row.address,
        role: readRole(row.role),
        wantsReport: row.wants_report === 1,
        joinedAt: asId(row.joined_at),
      }));
    },

    removeMember: (id, memberId) =>
      changeMember(database, id, memberId, 'member', async (tx) => {
        await tx
          .deleteFrom('team_members')
          .where('team_id', '=', id)
          .where('account_id', '=', memberId)
          .execute();
      }),

    setMemberRole: (id, memberId, role) =>
      changeMember(database, id, memberId, role, async (tx) => {
        await tx
          .updateTable('team_members')
          .set({ role })
          .where('team_id', '=', id)
          .where('account_id', '=', memberId)
          .execute();
      }),

    async setWantsReport(id, memberId, wants) {
      await db
        .updateTable('team_members')
        .set({ wants_report: wants ? 1 : 0 })
        .where('team_id', '=', id)
        .where('account_id', '=', memberId)
        .execute();
    },

    async clearMailbox({ accountId, slug }) {
      await db
        .updateTable('accounts')
        .set({ address: '', address_key: keyWithoutMailbox(slug) })
        .where('id', '=', accountId)
        .where('kind', '=', 'team')
        .execute();
    },
  };
}

/** No address has a colon, so that it can be nobody's. */
const keyWithoutMailbox = (slug: string) => `team:${slug}`;

function readRole(text: string): TeamRole {
  return text === 'owner' ? 'owner' : 'member';
}

/** Two owners who step down at once must not leave the team without one. */
async function lockTeam({ kind }: Database, tx: Kysely<Schema>, id: number): Promise<void> {
  if (kind === 'sqlite') return; // the transaction has the database to itself
  await tx.selectFrom('teams').select('id').where('id', '=', id).forUpdate().execute();
}

function changeMember(
  database: Database,
  id: number,
  memberId: number,
  roleAfter: TeamRole,
  change: (tx: Kysely<Schema>) => Promise<void>,
): Promise<'done' | 'last-owner' | 'not-found'> {
  return database.db.transaction().execute(async (tx) => {
    await lockTeam(database, tx, id);
    const members = await tx.selectFrom('team_members').selectAll().where('team_id', '=', id).execute();
    const member = members.find((one) => one.account_id === memberId);
    if (member === undefined) return 'not-found';
    const owners = members.filter((one) => one.role === 'owner');
    if (member.role === 'owner' && roleAfter !== 'owner' && owners.length === 1) return 'last-owner';
    await change(tx);
    return 'done';
  });
}
