/** What readers tell of remedies. */
export type RemediesTables = {
  remedy_reports: RemedyReportsTable;
};

/** What readers tell of remedies; the last word of an account counts. */
type RemedyReportsTable = {
  remedy_id: string;
  mode: string;
  account_id: number;
  outcome: string;
  reported_at: number;
};
