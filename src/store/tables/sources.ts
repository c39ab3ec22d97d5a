import type { Generated } from 'kysely';

/** Sources, their scans, and what the polite client remembers of hosts. */
export type SourcesTables = {
  sources: SourcesTable;
  source_schedules: SourceSchedulesTable;
  scans: ScansTable;
  fetched_robots: FetchedRobotsTable;
  host_rests: HostRestsTable;
  host_spending: HostSpendingTable;
  permanent_redirects: PermanentRedirectsTable;
  visits: VisitsTable;
};

type SourcesTable = {
  id: Generated<number>;
  name: string;
  title: string;
  kind: string;
  url: string;
  settings: string;
  schedule: string;
  licence: string;
  attribution: string;
  state: string;
  /** Proof of the last snapshot applied; null before the first. */
  cursor: string | null;
  created_at: number;
};

type SourceSchedulesTable = {
  source_id: number;
  next_scan_at: number;
  /** Somebody asked for a scan now; null: nobody. */
  requested_at: number | null;
  /** Scans in a row that failed, and since when. */
  failures: number;
  failing_since: number | null;
  /** When administrators were told that it fails; null: not yet. */
  told_at: number | null;
};

type ScansTable = {
  id: Generated<number>;
  source_id: number;
  state: string;
  started_at: number;
  ended_at: number | null;
  as_of: number | null;
  baseline: number;
  proof: string | null;
  article_count: number | null;
  counts: string;
  problem: string | null;
  warnings: string;
  /** `latest` or `history`: what was asked of the source. */
  depth: Generated<string>;
};

type FetchedRobotsTable = { origin: string; content: string; read_at: number };

/** Until when a host wants no visit. */
type HostRestsTable = { host: string; rests_until: number };

type HostSpendingTable = { host: string; night: string; requests: number };

type PermanentRedirectsTable = { from_url: string; to_url: string; seen_at: number };

/** `settled` visits count; `open` ones are of a round under way, `waiting` ones of a snapshot handed over as `proof`. */
type VisitsTable = {
  source_id: number;
  resource: string;
  stage: string;
  proof: string | null;
  etag: string | null;
  last_modified: string | null;
  content_hash: string | null;
  note: string | null;
  draft: string | null;
  is_gone: number;
  visited_at: number;
};
