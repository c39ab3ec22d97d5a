import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Before an account goes: of teams that it alone owns, the longest-standing member becomes the owner; those without
 * another member are deleted.
 */
export async function leaveAllTeams(tx: Kysely<Schema>, memberId: number): Promise<void> {
  const owned = await tx
    .selectFrom('team_members')
    .select('team_id')
    .where('account_id', '=', memberId)
    .where('role', '=', 'owner')
    .execute();
  for (const { team_id } of owned) {
    const others = await tx
      .selectFrom('team_members')
      .selectAll()
      .where('team_id', '=', team_id)
      .where('account_id', '!=', memberId)
      .orderBy('joined_at')
      .orderBy('account_id')
      .execute();
    const [next] = others;
    if (next === undefined) await deleteTeam(tx, team_id);
    else if (!others.some((other) => other.role === 'owner')) {
      await tx
        .updateTable('team_members')
        .set({ role: 'owner' })
        .where('team_id', '=', team_id)
        .where('account_id', '=', next.account_id)
        .execute();
    }
  }
  await tx.deleteFrom('team_members').where('account_id', '=', memberId).execute();
}

/** All of a team goes with its account. */
export async function deleteTeam(db: Kysely<Schema>, id: number): Promise<void> {
  await db
    .deleteFrom('accounts')
    .where('kind', '=', 'team')
    .where('id', 'in', (eb) => eb.selectFrom('teams').select('account_id').where('teams.id', '=', id))
    .execute();
}
