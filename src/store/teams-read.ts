import type { Selectable } from 'kysely';
import type { Team } from '../accounts/teams/team.ts';
import { asId } from '../knowledge/ids.ts';
import type { Schema } from './schema.ts';

export function readTeam(row: Selectable<Schema['teams']>): Team {
  return {
    id: row.id,
    accountId: asId(row.account_id),
    slug: row.slug,
    name: row.name,
    createdAt: asId(row.created_at),
  };
}
