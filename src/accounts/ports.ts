import type { Clock } from '../knowledge/clock.ts';
import type { Role } from './account.ts';
import type { AccountStore, DigestTimes } from './account-store.ts';
import type { ApiTokenStore } from './api-tokens/api-token.ts';
import type { AuditRecorder } from './audit.ts';
import type { AccountLinks, Mailer } from './mailer.ts';
import type { PasskeyStore } from './passkeys/passkey.ts';
import type { Passwords } from './passwords.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Secrets } from './secrets.ts';
import type { SessionStore } from './session.ts';
import type { SuppressedAddresses } from './suppressed-address.ts';
import type { TokenStore } from './token.ts';

/** What the use cases of accounts need from outside; each takes only its part. */
export type AccountPorts = {
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly apiTokens: ApiTokenStore;
  readonly passkeys: PasskeyStore;
  /** From which role on rights count only in a session that began with a passkey; null: from none. */
  readonly passkeyFrom: Role | null;
  readonly rateLimits: RateLimits;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly mailer: Mailer;
  readonly suppressions: SuppressedAddresses;
  readonly links: AccountLinks;
  readonly digestTimes: DigestTimes;
  readonly audit: AuditRecorder;
  readonly clock: Clock;
};
