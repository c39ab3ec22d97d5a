import type { AccountId, Instant } from '../../knowledge/ids.ts';

/** Who an OpenID Connect provider says somebody is: (issuer, subject) never changes and is never given twice. */
export type Identity = {
  readonly issuer: string;
  readonly subject: string;
  readonly accountId: AccountId;
  /** What its owner knows it by: the address or name that the provider gave. */
  readonly label: string;
  readonly createdAt: Instant;
  readonly usedAt: Instant;
};

/** The rows of identities. */
export type IdentityStore = {
  /** False when the identity is bound already, to whichever account. */
  insertIdentity(identity: Identity): Promise<boolean>;
  findIdentity(issuer: string, subject: string): Promise<Identity | null>;
  listIdentities(accountId: AccountId): Promise<Identity[]>;
  keepIdentityUse(issuer: string, subject: string, usedAt: Instant): Promise<void>;
  /** Only the account's own. Tells whether there was one. */
  deleteIdentity(accountId: AccountId, issuer: string, subject: string): Promise<boolean>;
};

/** What only this browser and we know of one sign-in at the provider, until it comes back. */
export type ProviderChecks = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** What the provider vouches for. */
export type ProvenIdentity = {
  readonly kind: 'proven';
  readonly subject: string;
  readonly address: string | null;
  /** The provider says that it proved the address (`email_verified`). */
  readonly isAddressVerified: boolean;
  readonly name: string | null;
};

/** An OpenID Connect provider (authorization code with PKCE). It may be out of reach at any time. */
export type Provider = {
  /** What people know it by, such as "Contoso". */
  readonly name: string;
  readonly issuer: string;
  /** Where the browser goes to be asked. */
  begin(checks: ProviderChecks): Promise<{ kind: 'ready'; url: string } | ProviderFailure>;
  /** What came back, exchanged and verified: signature, issuer, audience, state, nonce, PKCE. */
  finish(request: {
    readonly callbackUrl: string;
    readonly checks: ProviderChecks;
  }): Promise<ProvenIdentity | ProviderFailure>;
};

export type ProviderFailure = { readonly kind: 'failed'; readonly sentence: string };
