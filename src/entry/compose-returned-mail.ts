import { randomBytes } from 'node:crypto';
import { createBounceDesk } from '../delivery/returns/bounce-desk.ts';
import { createReturnAddresses } from '../delivery/returns/envelope-sender.ts';
import { type MailListener, openMailListener } from '../delivery/returns/open-mail-listener.ts';
import { takeReturnedMail } from '../delivery/returns/take-returned-mail.ts';
import type { Clock } from '../knowledge/clock.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { createAccountStore } from '../store/accounts.ts';
import type { Database } from '../store/database.ts';
import { createReturnedMailStore } from '../store/returned-mail.ts';
import { loadSharedSecret } from '../store/shared-secrets.ts';
import { createSuppressionStore } from '../store/suppressions.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';

const keepBouncesMs = 90 * 86_400_000;

/** The addresses at which mail comes back; null where no listener is set up. */
export async function composeReturnAddresses({ bounces }: Config, database: Database) {
  if (bounces === null) return null;
  const key = await loadSharedSecret(database, 'bounce-key', () => randomBytes(32).toString('base64url'));
  return createReturnAddresses({ domain: bounces.domain, key });
}

/** What is done with bounces, complaints and requests to stop that come by mail, and with refusals in the dialogue. */
export function composeReturnedMail(parts: {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly addresses: Awaited<ReturnType<typeof composeReturnAddresses>>;
  readonly keyOf: (address: string) => string;
}) {
  const { config, database, clock, addresses, keyOf } = parts;
  const accounts = createAccountStore(database);
  const letters = createReturnedMailStore(database);
  const suppressions = createSuppressionStore(database);
  const desk = createBounceDesk({
    ledger: { ...letters, suppress: suppressions.suppress },
    clock,
    keyOf,
  });
  const unsubscribe = async (secret: string): Promise<boolean> => {
    const account = await accounts.findAccountByUnsubscribeSecret(secret);
    return account !== null && (await accounts.updateAccount(account.id, { paused: true })) !== null;
  };
  return {
    desk,
    letters,
    /** Ends suppressions that were for a time, and forgets old bounces. */
    async forgetExpired(): Promise<void> {
      const now = clock.now();
      await suppressions.deleteExpiredSuppressions(now);
      await letters.deleteBounces(asId<Instant>(now - keepBouncesMs));
    },
    /** Listens for returned mail; null where no listener is set up. Rejects when the address is taken. */
    async listen(log: Log): Promise<MailListener | null> {
      if (config.bounces === null || addresses === null) return null;
      return openMailListener({
        ...config.bounces,
        isOurs: (address) => addresses.read(address) !== null,
        async take(address, raw) {
          const to = addresses.read(address);
          if (to === null) return;
          const outcome = await takeReturnedMail({ desk, letters, unsubscribe }, to, raw);
          log.info({ to: to.kind, outcome }, 'mail came back');
        },
        onFailure: (error) => log.error({ err: error }, 'returned mail could not be kept; it comes again'),
      });
    },
  };
}
