/** What processes share to work together. */
export type OperationTables = {
  leases: LeasesTable;
  settings: SettingsTable;
  troubles: TroublesTable;
  told_troubles: ToldTroublesTable;
  trouble_mails: TroubleMailsTable;
};

/** Work that one process does at a time. `fence` grows with each holder. */
type LeasesTable = { name: string; holder: string; fence: number; expires_at: number };

/** What is wrong with the installation as long as it lasts. */
type TroublesTable = { name: string; sentence: string; since: number };

type ToldTroublesTable = { account_id: number; trouble: string };

type TroubleMailsTable = { account_id: number; mailed_at: number };

type SettingsTable = { name: string; value: string };
