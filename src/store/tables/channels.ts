import type { Generated } from 'kysely';

/** The ways by which accounts hear of changes besides mail. */
export type ChannelsTables = {
  channels: ChannelsTable;
  personal_feeds: PersonalFeedsTable;
};

/** The secret in the addresses of an account's own feeds: sealed, and as the SHA-256 that it is found by. */
type PersonalFeedsTable = {
  account_id: number;
  secret: string;
  secret_hash: string | null;
  created_at: number;
};

/** Where digests go besides mail. Mail is taken without a row here; one of the kind `mail` in the state `off` refuses it. */
type ChannelsTable = {
  id: Generated<number>;
  account_id: number;
  /** `webhook`, `slack`, `teams`, `push`, or `mail`. */
  kind: string;
  name: string;
  /** JSON: address and secret; sealed (store/sealer.ts). */
  target: string;
  /** untested | active | paused | disabled, or off */
  state: string;
  /** Why it is paused or disabled. */
  problem: string | null;
  /** When a test last arrived. */
  tested_at: number | null;
  created_at: number;
};
