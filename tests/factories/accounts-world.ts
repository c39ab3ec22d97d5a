import type { Accounts } from '../../src/accounts/accounts.ts';
import { createAccounts } from '../../src/accounts/accounts.ts';
import type { AccountNotice } from '../../src/accounts/mailer.ts';
import type { Passwords } from '../../src/accounts/passwords.ts';
import type { AccountPorts } from '../../src/accounts/ports.ts';
import type { RateLimits } from '../../src/accounts/rate-limits.ts';
import { findNextDigestAt } from '../../src/alerts/calendar.ts';
import { secrets } from '../../src/entry/secrets.ts';
import type { Clock } from '../../src/knowledge/clock.ts';
import { type AccountId, asId, type Instant } from '../../src/knowledge/ids.ts';
import { createAccountStore } from '../../src/store/accounts.ts';
import { createApiTokenStore } from '../../src/store/api-tokens.ts';
import { createAuditTrail } from '../../src/store/audit.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createPasskeyStore } from '../../src/store/passkeys.ts';
import { createRateLimits } from '../../src/store/rate-limits.ts';
import { createSessionStore } from '../../src/store/sessions.ts';
import { createSuppressionStore } from '../../src/store/suppressions.ts';
import { createTokenStore } from '../../src/store/tokens.ts';
import { createAccountLinks } from '../../src/web/links.ts';

export type SentNotice = {
  readonly accountId: AccountId | null;
  readonly address: string;
  readonly notice: AccountNotice;
};

export type AccountsWorld = {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly ports: AccountPorts;
  readonly rateLimits: RateLimits;
  readonly clock: Clock;
  readonly notices: SentNotice[];
  /** The secret in the link of the last notice to the address. */
  lastSecret(address: string): string;
  /** Lets time pass. */
  wait(ms: number): void;
  /** A confirmed account. */
  join(address: string): Promise<AccountId>;
};

/** Passwords as they are: their cost is tested elsewhere. */
const plainPasswords: Passwords = {
  hashPassword: async (password) => `hash of ${password}`,
  verifyPassword: async (password, hash) => hash === `hash of ${password}`,
};

/** Accounts over real stores, in memory unless a database is given, with a clock and a mailbox of the test's own. */
export async function createAccountsWorld(
  publicUrl = 'https://kb.example.org',
  given?: Database,
  passkeyFrom: AccountPorts['passkeyFrom'] = null,
): Promise<AccountsWorld> {
  const database = given ?? openDatabase({ file: ':memory:' });
  await migrate(database);
  let now = Date.parse('2026-03-02T09:00:00Z');
  const clock: Clock = { now: () => asId<Instant>(now) };
  const notices: SentNotice[] = [];
  const rateLimits = createRateLimits(database);
  const ports = {
    accounts: createAccountStore(database),
    sessions: createSessionStore(database),
    tokens: createTokenStore(database),
    apiTokens: createApiTokenStore(database),
    passkeys: createPasskeyStore(database),
    passkeyFrom,
    rateLimits,
    passwords: plainPasswords,
    secrets,
    mailer: {
      async queueNotice(notice: SentNotice) {
        notices.push(notice);
      },
    },
    suppressions: createSuppressionStore(database),
    links: createAccountLinks(publicUrl),
    digestTimes: { findNextDigestAt },
    audit: createAuditTrail(database, clock),
    clock,
  } satisfies AccountPorts;
  const accounts = createAccounts(ports);
  const lastSecret = (address: string): string => {
    const notice = notices.findLast((one) => one.address === address)?.notice;
    if (notice === undefined || !('link' in notice)) throw new Error(`No link was mailed to ${address}.`);
    return notice.link.slice(notice.link.lastIndexOf('/') + 1);
  };
  return {
    database,
    accounts,
    ports,
    rateLimits,
    clock,
    notices,
    lastSecret,
    wait(ms) {
      now += ms;
    },
    async join(address) {
      await accounts.signUp({ address });
      const outcome = await accounts.proveAddress({ secret: lastSecret(address), purpose: 'confirm' });
      if (outcome.kind !== 'proven') throw new Error(outcome.kind);
      return outcome.account.id;
    },
  };
}
