/** The ways by which accounts hear of changes besides mail. */
export type ChannelsTables = {
  personal_feeds: PersonalFeedsTable;
};

/** The secret in the addresses of an account's own feeds. */
type PersonalFeedsTable = { account_id: number; secret: string; created_at: number };
