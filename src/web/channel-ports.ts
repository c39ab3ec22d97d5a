import type { Channel } from '../alerts/channel.ts';
import type { AccountId, ChannelId } from '../knowledge/ids.ts';

/** What an account asks for when it adds a channel: an address, or a browser's own subscription to push messages. */
export type ChannelForm =
  | { readonly kind: 'webhook' | 'slack' | 'teams'; readonly name: string; readonly url: string }
  | {
      readonly kind: 'push';
      readonly name: string;
      readonly url: string;
      readonly p256dh: string;
      readonly auth: string;
    };

/** The ways by which an account gets its digests; only its own, by id. */
export type ChannelAdministration = {
  listChannels(accountId: AccountId): Promise<Channel[]>;
  /** `secret`: signs what a webhook gets; shown now and never again. */
  addChannel(
    accountId: AccountId,
    form: ChannelForm,
  ): Promise<
    | { readonly kind: 'added'; readonly channel: Channel; readonly secret: string | null }
    | { readonly kind: 'refused'; readonly sentence: string }
  >;
  /** Sends a test at once; one that arrives lets digests go there. null: there is no such channel. */
  testChannel(
    accountId: AccountId,
    id: ChannelId,
  ): Promise<{ readonly kind: 'arrived' } | { readonly kind: 'refused'; readonly sentence: string } | null>;
  removeChannel(accountId: AccountId, id: ChannelId): Promise<boolean>;
  takesMail(accountId: AccountId): Promise<boolean>;
  chooseMail(accountId: AccountId, takesMail: boolean): Promise<void>;
  /** The public key that a browser needs to subscribe, base64url. */
  loadPushKey(): Promise<string>;
};
