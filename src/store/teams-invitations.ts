import type { Kysely } from 'kysely';
import type { TeamStore } from '../accounts/teams/team.ts';
import { asId } from '../knowledge/ids.ts';
import type { Schema } from './schema.ts';
import { readTeam } from './teams-read.ts';

type Invitations = Pick<
  TeamStore,
  'insertInvitation' | 'listInvitations' | 'deleteInvitation' | 'findInvitation' | 'acceptInvitation'
>;

/** The rows of invitations to teams. */
export function createTeamInvitations(db: Kysely<Schema>): Invitations {
  return {
    async insertInvitation(invitation) {
      const times = { created_at: invitation.now, expires_at: invitation.expiresAt };
      const sent = {
        address: invitation.address,
        token_hash: invitation.tokenHash,
        invited_by: invitation.invitedBy,
        ...times,
      };
      await db
        .insertInto('team_invitations')
        .values({ team_id: invitation.teamId, address_key: invitation.addressKey, ...sent })
        .onConflict((conflict) => conflict.columns(['team_id', 'address_key']).doUpdateSet(sent))
        .execute();
    },
    async listInvitations(id, now) {
      const rows = await db
        .selectFrom('team_invitations')
        .selectAll()
        .where('team_id', '=', id)
        .where('expires_at', '>', now)
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        address: row.address,
        createdAt: asId(row.created_at),
        expiresAt: asId(row.expires_at),
      }));
    },
    async deleteInvitation(id, invitationId) {
      const { numDeletedRows } = await db
        .deleteFrom('team_invitations')
        .where('team_id', '=', id)
        .where('id', '=', invitationId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async findInvitation(tokenHash, now) {
      const row = await db
        .selectFrom('team_invitations')
        .innerJoin('teams', 'teams.id', 'team_invitations.team_id')
        .selectAll('teams')
        .select('team_invitations.address')
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row === undefined ? null : { team: readTeam(row), address: row.address };
    },
    acceptInvitation: (tokenHash, memberId, now) =>
      db.transaction().execute(async (tx) => {
        const invitation = await tx
          .deleteFrom('team_invitations')
          .where('token_hash', '=', tokenHash)
          .where('expires_at', '>', now)
          .returning('team_id')
          .executeTakeFirst();
        if (invitation === undefined) return null;
        const { team_id } = invitation;
        await tx
          .insertInto('team_members')
          .values({ team_id, account_id: memberId, role: 'member', wants_report: 1, joined_at: now })
          .onConflict((conflict) => conflict.columns(['team_id', 'account_id']).doNothing())
          .execute();
        const team = await tx
          .selectFrom('teams')
          .selectAll()
          .where('id', '=', team_id)
          .executeTakeFirstOrThrow();
        return readTeam(team);
      }),
  };
}
