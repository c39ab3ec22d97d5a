/** What processes share to work together. */
export type OperationTables = {
  leases: LeasesTable;
  settings: SettingsTable;
};

/** Work that one process does at a time. `fence` grows with each holder. */
type LeasesTable = { name: string; holder: string; fence: number; expires_at: number };

type SettingsTable = { name: string; value: string };
