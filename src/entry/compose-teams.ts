import type { AccountPorts } from '../accounts/ports.ts';
import { createTeams, type Teams } from '../accounts/teams/create-teams.ts';
import type { Database } from '../store/database.ts';
import { createTeamStore } from '../store/teams.ts';

export function composeTeams(database: Database, ports: AccountPorts): Teams {
  return createTeams({ ...ports, teams: createTeamStore(database) });
}
