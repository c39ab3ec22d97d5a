/** How people sign in beside mailed links and passwords. */
export type SignInTables = {
  passkeys: PasskeysTable;
  identities: IdentitiesTable;
};

type PasskeysTable = {
  /** base64url, as the authenticator gave it. */
  credential_id: string;
  account_id: number;
  /** The name by which authenticators know the account, the same for all of its passkeys; base64url. */
  user_handle: string;
  /** COSE key */
  public_key: Uint8Array;
  /** Signatures so far, where the authenticator counts them; never goes back. */
  counter: number;
  /** JSON list of how the browser reaches it. */
  transports: string;
  name: string;
  /** 1: it is kept by a password manager and works on more than one device. */
  synced: number;
  created_at: number;
  used_at: number | null;
};

/** Who a provider says somebody is: bound to one account by (issuer, subject), which never change. */
type IdentitiesTable = {
  issuer: string;
  subject: string;
  account_id: number;
  /** What its owner knows it by: the address or name that the provider gave. */
  label: string;
  created_at: number;
  used_at: number;
};
