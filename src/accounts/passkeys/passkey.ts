import type { AccountId, Instant } from '../../knowledge/ids.ts';

/** A key pair whose private half never leaves the person's device or password manager (W3C Web Authentication). */
export type Passkey = {
  /** base64url, given by the authenticator. */
  readonly credentialId: string;
  readonly accountId: AccountId;
  /** By which authenticators know the account: random, one for all of its passkeys; base64url. */
  readonly userHandle: string;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  /** Signatures so far; stays 0 where the authenticator does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  /** Kept by a password manager: it works on more than one device. */
  readonly isSynced: boolean;
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
};

/** The rows of passkeys. */
export type PasskeyStore = {
  /** False when the credential is known already, whoever's it is. */
  insertPasskey(passkey: Passkey): Promise<boolean>;
  findPasskey(credentialId: string): Promise<Passkey | null>;
  /** In the order in which they were added. */
  listPasskeys(accountId: AccountId): Promise<Passkey[]>;
  /**
   * Keeps that it was used. False when its counter did not grow meanwhile though it counts, or the passkey is gone:
   * of two uses of one signature count only one gets `true`.
   */
  keepUse(
    credentialId: string,
    use: { readonly counter: number; readonly isSynced: boolean; readonly usedAt: Instant },
  ): Promise<boolean>;
  /** By id: only the account's own. What it was; null when there was none. */
  deletePasskey(accountId: AccountId, credentialId: string): Promise<Passkey | null>;
  /** All of the account's; returns how many. */
  deletePasskeys(accountId: AccountId): Promise<number>;
};

/**
 * Both ceremonies of Web Authentication: what the browser is asked, and whether its answer holds. An answer counts
 * only from this site's origin, with the person verified by their device, and if `claimChallenge` takes its challenge.
 */
export type PasskeyCeremonies = {
  /** JSON for `PublicKeyCredential.parseCreationOptionsFromJSON`. */
  askForNewPasskey(request: {
    readonly challenge: string;
    readonly userHandle: string;
    readonly address: string;
    readonly existing: readonly Passkey[];
  }): Promise<object>;
  verifyNewPasskey(request: {
    readonly response: unknown;
    readonly claimChallenge: (challenge: string) => Promise<boolean>;
  }): Promise<Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'isSynced'> | null>;
  /** JSON for `PublicKeyCredential.parseRequestOptionsFromJSON`; any passkey of this site may answer. */
  askForPasskey(challenge: string): Promise<object>;
  verifyPasskey(request: {
    readonly response: unknown;
    readonly findPasskey: (credentialId: string) => Promise<Passkey | null>;
    readonly claimChallenge: (challenge: string) => Promise<boolean>;
  }): Promise<{ readonly passkey: Passkey; readonly counter: number; readonly isSynced: boolean } | null>;
};
