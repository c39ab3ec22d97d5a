import type { AccountId, Instant } from '../knowledge/ids.ts';

/** Mail about an account that is no digest. `link` is whole and works once. */
export type AccountNotice =
  | { readonly kind: 'confirm-address'; readonly link: string; readonly expiresAt: Instant }
  /** Somebody signed up with the address of a confirmed account: the link signs in. */
  | { readonly kind: 'already-signed-up'; readonly link: string; readonly expiresAt: Instant }
  | { readonly kind: 'sign-in'; readonly link: string; readonly expiresAt: Instant }
  /** The owner asked to mail a suppressed address again: the letter shows that it arrives, and its link signs in. */
  | { readonly kind: 'address-tried-again'; readonly link: string; readonly expiresAt: Instant }
  /** Somebody whose address the provider proved wants to sign in by it: the link signs in and connects the two. */
  | {
      readonly kind: 'connect-provider';
      readonly provider: string;
      readonly link: string;
      readonly expiresAt: Instant;
    }
  /** To the new address: the link makes it the account's. */
  | { readonly kind: 'confirm-new-address'; readonly link: string; readonly expiresAt: Instant }
  /** To a shared mailbox: the link makes it the team's. */
  | {
      readonly kind: 'confirm-team-mailbox';
      readonly team: string;
      readonly link: string;
      readonly expiresAt: Instant;
    }
  | {
      readonly kind: 'team-invitation';
      readonly team: string;
      readonly inviter: string;
      readonly link: string;
      readonly expiresAt: Instant;
    }
  /** What changed and what was done in a week; `sentences` say it in numbers. */
  | {
      readonly kind: 'team-report';
      readonly team: string;
      readonly week: string;
      readonly sentences: readonly string[];
      readonly link: string;
    }
  /** To the former address, when the account left it. */
  | { readonly kind: 'address-changed'; readonly newAddress: string }
  | { readonly kind: 'password-changed' }
  /** A passkey or a provider was added to the ways to sign in, or taken from them. */
  | { readonly kind: 'sign-in-method-changed'; readonly what: string };

/** Queues notices durably; sending them is the delivery's work. Suppressed addresses are its concern, too. */
export type Mailer = {
  queueNotice(request: {
    readonly accountId: AccountId | null;
    readonly address: string;
    readonly notice: AccountNotice;
  }): Promise<void>;
};

/** Whole URLs of the pages that take the tokens; the site knows them. */
export type AccountLinks = {
  confirm(token: string): string;
  signIn(token: string): string;
  changeAddress(token: string): string;
  firstAdministrator(token: string): string;
  teamInvitation(token: string): string;
  teamReports(slug: string): string;
};
