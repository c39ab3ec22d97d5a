import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createAccounts } from '../accounts/accounts.ts';
import { createApiTokens } from '../accounts/api-tokens/create-api-tokens.ts';
import type { AuditActor } from '../accounts/audit.ts';
import { findNextDigestAt } from '../alerts/calendar.ts';
import { matchSavedSearches } from '../alerts/match-saved-searches.ts';
import { planDigests } from '../alerts/plan-digests.ts';
import type { Clock } from '../knowledge/clock.ts';
import { asId, type Instant } from '../knowledge/ids.ts';
import { keepImages } from '../knowledge/images/keep-images.ts';
import { createScanner } from '../knowledge/scanning/create-scanner.ts';
import { createTechnologyPlacing } from '../knowledge/technologies/create-technology-placing.ts';
import { curatedTechnologies } from '../knowledge/technologies/curated-tree.ts';
import { createAccountStore } from '../store/accounts.ts';
import { createAlertHistory } from '../store/accounts-alerts.ts';
import { createApiTokenStore } from '../store/api-tokens.ts';
import { createAuditTrail } from '../store/audit.ts';
import { openDatabase } from '../store/database.ts';
import { createDeliveryOverview } from '../store/delivery-overview.ts';
import { createDigestLedger } from '../store/digests.ts';
import { createFetchMemory } from '../store/fetch-memory.ts';
import { createIdempotentRequests } from '../store/idempotent-requests.ts';
import { createImageStore } from '../store/images.ts';
import { migrateSafely } from '../store/migrate-safely.ts';
import { openStore } from '../store/open-store.ts';
import { createOperationFacts } from '../store/operation-facts.ts';
import { createOutbox } from '../store/outbox.ts';
import { createPageReadings } from '../store/page-readings.ts';
import { createPasskeyStore } from '../store/passkeys.ts';
import { createRateLimits } from '../store/rate-limits.ts';
import { createSealer } from '../store/sealer.ts';
import { createSessionStore } from '../store/sessions.ts';
import { createSourceSchedules } from '../store/source-schedules.ts';
import { createSubscriptionStore } from '../store/subscriptions.ts';
import { createSavedSearchLog } from '../store/subscriptions-matches.ts';
import { createSuppressionStore } from '../store/suppressions.ts';
import { createTokenStore } from '../store/tokens.ts';
import { createTroubleBook } from '../store/troubles.ts';
import { createAccountLinks } from '../web/links.ts';
import { composeChannels } from './compose-channels.ts';
import { composeDelivery } from './compose-delivery.ts';
import { composeSignIn } from './compose-sign-in.ts';
import { composeTeams } from './compose-teams.ts';
import type { Config } from './config.ts';
import { createFindAmong } from './find-among.ts';
import { createTechnologyFinder } from './find-technologies.ts';
import { fingerprintReading } from './fingerprint-reading.ts';
import { createOutboxReader } from './outbox-reader.ts';
import { passwords } from './passwords.ts';
import { createSealKeys } from './seal-keys.ts';
import { secrets } from './secrets.ts';
import { createSourceDesk } from './source-desk.ts';
import { createSourceReaders } from './source-readers.ts';

export const systemClock: Clock = { now: () => asId<Instant>(Date.now()) };

/** Everything of one process, built on one database. `close` it at the end. */
export type Parts = Awaited<ReturnType<typeof compose>>;

/** Opens the database, brings it up to date and builds everything on it. */
export async function compose(config: Config, clock: Clock = systemClock) {
  makeFolder(config.dataFolder);
  const database = openDatabase(config.database);
  await migrateSafely(database, config.database);

  const sealer = createSealer(database, createSealKeys(config));

  const { archive, sources, scanLedger } = openStore(database);
  const schedules = createSourceSchedules(database);
  const readers = createSourceReaders({ config, clock, memory: createFetchMemory(database) });
  const scanner = createScanner({
    readerOf: readers.readerOf,
    ledger: scanLedger,
    clock,
    placeTechnologies: (known) => createTechnologyPlacing(curatedTechnologies, known),
  });

  const delivery = await composeDelivery({ config, database, archive, clock });
  const suppressions = createSuppressionStore(database);
  const overview = createDeliveryOverview(database);
  const subscriptions = createSubscriptionStore(database);
  const digestLedger = createDigestLedger(database);
  const rateLimits = createRateLimits(database);
  const accountStore = createAccountStore(database);
  const audit = createAuditTrail(database, clock);
  const accountPorts = {
    accounts: accountStore,
    sessions: createSessionStore(database),
    tokens: createTokenStore(database),
    apiTokens: createApiTokenStore(database),
    passkeys: createPasskeyStore(database),
    passkeyFrom: config.passkeyFrom,
    rateLimits,
    passwords,
    secrets,
    mailer: delivery.mailer,
    suppressions,
    links: createAccountLinks(config.publicUrl),
    digestTimes: { findNextDigestAt },
    audit,
    clock,
  };
  const accounts = createAccounts(accountPorts);

  const images = createImageStore(database);

  const channels = composeChannels({
    config,
    database,
    sealer,
    archive,
    clock,
    rateLimits,
    accounts: accountStore,
    mailer: delivery.mailer,
  });

  return {
    config,
    clock,
    database,
    sealer,
    archive,
    sources,
    deskOf: (actor: AuditActor) =>
      createSourceDesk({
        actor,
        audit,
        sources,
        schedules,
        archive,
        scanner,
        clock,
        findProblem: readers.findProblem,
        forget: readers.forget,
      }),
    schedules,
    scanner,
    subscriptions,
    accountStore,
    accounts,
    audit,
    teams: composeTeams(database, accountPorts),
    signIn: composeSignIn({ config, database, ports: accountPorts }),
    apiTokens: createApiTokens(accountPorts),
    idempotentRequests: createIdempotentRequests(database),
    rateLimits,
    findTechnologies: createTechnologyFinder(archive, curatedTechnologies),
    /** Saved searches first, so that what they match is in the digests that are planned. */
    matchSavedSearches: (goesOn: () => boolean = () => true) =>
      matchSavedSearches({
        log: createSavedSearchLog(database),
        findAmong: createFindAmong(database),
        goesOn,
      }),
    planDigests: (options: Omit<Parameters<typeof planDigests>[0], 'ledger' | 'clock'> = {}) =>
      planDigests({ ledger: digestLedger, clock, ...options }),
    readings: createPageReadings(database, {
      // Read when it is first asked for: most commands never do.
      get madeBy() {
        return fingerprintReading();
      },
      clock,
    }),
    images,
    /** Makes copies of some images that articles show. */
    keepImages: (signal: AbortSignal) =>
      keepImages(
        {
          archive,
          shelf: images,
          readImage: readers.readImage,
          kinds: config.fetchesImages ? ['file', 'web'] : ['file'],
          clock,
        },
        signal,
      ),
    channels: channels.administration,
    attemptDueMessages: channels.attemptDueMessages,
    mailer: delivery.mailer,
    attemptDueDeliveries: delivery.attemptDueDeliveries,
    returned: delivery.returned,
    history: createAlertHistory(database),
    overview,
    facts: createOperationFacts(database),
    troubles: createTroubleBook(database),
    suppressions,
    outbox: config.smtpUrl === null ? createOutboxReader(createOutbox(database)) : null,
    async close() {
      await channels.close();
      await delivery.close();
      await readers.close();
      await database.close();
    },
  };
}

/** As mkdir with `recursive`, which never returns where the system lets nobody make a folder, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
