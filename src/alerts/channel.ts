import type { AccountId, ChannelId, Instant } from '../knowledge/ids.ts';

/** Where a channel leads. All of it is a secret of the account: whoever has it can write there, or pretend to be us. */
export type ChannelTarget =
  /** `secret`: `whsec_…`, signs each message (Standard Webhooks). */
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string }
  /** An incoming webhook of Slack, or a workflow of Microsoft Teams. */
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'teams'; readonly url: string }
  /** A subscription of a browser (W3C Push API), keys in base64url. */
  | { readonly kind: 'push'; readonly url: string; readonly p256dh: string; readonly auth: string };

/** Besides mail, which every account takes unless it says otherwise. */
export type ChannelKind = ChannelTarget['kind'];

/**
 * `untested` → `active` by a test message that arrives; only then it takes digests. `paused`: it kept failing.
 * `disabled`: the other side said that it is gone. A test that arrives makes either active again.
 */
export type ChannelState = 'untested' | 'active' | 'paused' | 'disabled';

/** A way besides mail by which an account gets its digests. */
export type Channel = {
  readonly id: ChannelId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly target: ChannelTarget;
  readonly state: ChannelState;
  /** Why it is paused or disabled. */
  readonly problem: string | null;
  /** When a test last arrived. */
  readonly testedAt: Instant | null;
  readonly createdAt: Instant;
};

/** Each costs a message a day, and a person has a few. */
export const maxChannelsPerAccount = 10;

/** The rows of channels; `accountId`: only the account's own. */
export type ChannelStore = {
  addChannel(request: {
    readonly accountId: AccountId;
    readonly name: string;
    readonly target: ChannelTarget;
    readonly now: Instant;
  }): Promise<
    | { readonly kind: 'added'; readonly channel: Channel }
    | { readonly kind: 'too-many'; readonly limit: number }
  >;
  /** In the order in which they were made. */
  listChannels(accountId: AccountId): Promise<Channel[]>;
  findChannel(accountId: AccountId, id: ChannelId): Promise<Channel | null>;
  /** What waits for it and was not attempted goes by the account's other channels, or is told later. */
  removeChannel(accountId: AccountId, id: ChannelId): Promise<boolean>;
  /** A test has arrived: it takes digests from now on. */
  activateChannel(id: ChannelId, now: Instant): Promise<void>;
  /** Ends an active channel; false when it was not active any more, so that its owner is told once. */
  stopChannel(id: ChannelId, state: 'paused' | 'disabled', problem: string): Promise<boolean>;
  takesMail(accountId: AccountId): Promise<boolean>;
  chooseMail(accountId: AccountId, takesMail: boolean, now: Instant): Promise<void>;
};

/** What stands for the channel in the ledger: `deliveries.channel`. */
export function nameChannel({ id, target }: Pick<Channel, 'id' | 'target'>): string {
  return `${target.kind}:${id}`;
}
