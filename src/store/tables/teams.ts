import type { Generated } from 'kysely';

/** Teams: who belongs to them, what they did with entries of their digests, and their weekly reports. */
export type TeamsTables = {
  teams: TeamsTable;
  team_members: TeamMembersTable;
  team_invitations: TeamInvitationsTable;
  team_marks: TeamMarksTable;
  team_reports: TeamReportsTable;
  team_report_letters: TeamReportLettersTable;
};

/** Its account is of kind `team`: it follows and has digests, and signs nobody in (a trigger). */
type TeamsTable = {
  id: Generated<number>;
  account_id: number;
  slug: string;
  name: string;
  created_at: number;
};

type TeamMembersTable = {
  team_id: number;
  account_id: number;
  /** `owner` or `member`. */
  role: string;
  wants_report: number;
  joined_at: number;
};

type TeamInvitationsTable = {
  id: Generated<number>;
  team_id: number;
  address: string;
  address_key: string;
  token_hash: string;
  invited_by: number | null;
  created_at: number;
  expires_at: number;
};

/** What was done with an entry (an article in a digest): the newest counts, the others are its history. */
type TeamMarksTable = {
  id: Generated<number>;
  team_id: number;
  digest_id: number;
  article_id: number;
  state: string;
  assigned_to: number | null;
  marked_by: number | null;
  marked_at: number;
};

/** One a week at most: (team_id, week) is unique. */
type TeamReportsTable = {
  id: Generated<number>;
  team_id: number;
  /** Monday of the week, `YYYY-MM-DD`. */
  week: string;
  from_at: number;
  to_at: number;
  entries: number;
  done: number;
  not_relevant: number;
  still_open: number;
  made_at: number;
};

/** Who was mailed it: written before the letter is queued, so that nobody gets it twice. */
type TeamReportLettersTable = { report_id: number; account_id: number; queued_at: number };
