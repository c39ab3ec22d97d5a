import type { ArticleId, BulkEditId, FeedbackId, SubscriptionId } from '../../knowledge/ids.ts';
import type { DkimKey } from '../signing/sign-message.ts';

/** What every message carries. */
export type MessageSettings = {
  readonly from: { readonly name: string; readonly address: string };
  /** Takes "unsubscribe" by mail; what arrives there is read by the bounce mailbox. */
  readonly unsubscribeAddress: string;
  readonly links: MessageLinks;
  /** Each signs every message; none: messages are not signed. */
  readonly dkimKeys?: readonly DkimKey[];
};

/** Whole URLs of the pages that messages lead to. `secret` names the account and needs no sign-in. */
export type MessageLinks = {
  home(): string;
  help(): string;
  settings(): string;
  article(id: ArticleId): string;
  difference(id: ArticleId, from: number, to: number): string;
  bulkEdit(id: BulkEditId): string;
  feedback(articleId: ArticleId, id: FeedbackId): string;
  allFeedback(articleId: ArticleId): string;
  /** GET shows a page with a button; a POST ends everything at once (RFC 8058). */
  unsubscribe(secret: string): string;
  unfollow(secret: string, id: SubscriptionId): string;
  digest(secret: string, localDate: string): string;
  /** The same digest, for its signed-in reader: has no secret, so that it may stand where others read. */
  ownDigest(localDate: string): string;
};

export function createMessageLinks(publicUrl: string): MessageLinks {
  return {
    home: () => `${publicUrl}/`,
    help: () => `${publicUrl}/help`,
    settings: () => `${publicUrl}/account`,
    article: (id) => `${publicUrl}/a/${id}`,
    difference: (id, from, to) => `${publicUrl}/a/${id}/diff?from=${from}&to=${to}`,
    bulkEdit: (id) => `${publicUrl}/changes?bulk=${id}`,
    feedback: (articleId, id) => `${publicUrl}/a/${articleId}#f${id}`,
    allFeedback: (articleId) => `${publicUrl}/a/${articleId}#feedback`,
    unsubscribe: (secret) => `${publicUrl}/u/${secret}`,
    unfollow: (secret, id) => `${publicUrl}/u/${secret}/${id}`,
    digest: (secret, localDate) => `${publicUrl}/d/${localDate}/${secret}`,
    ownDigest: (localDate) => `${publicUrl}/account/digests/${localDate}`,
  };
}

/** What follows the @ of the sender: part of every Message-ID and List-Id. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
