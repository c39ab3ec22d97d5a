import type { Role } from '../../src/accounts/account.ts';
import { createApiTokens } from '../../src/accounts/api-tokens/create-api-tokens.ts';
import { composeCommunity } from '../../src/entry/compose-community.ts';
import { composeFeeds } from '../../src/entry/compose-feeds.ts';
import { composeSignIn } from '../../src/entry/compose-sign-in.ts';
import { composeTeams } from '../../src/entry/compose-teams.ts';
import { readConfig } from '../../src/entry/config.ts';
import { createTechnologyFinder } from '../../src/entry/find-technologies.ts';
import type { ProviderSettings } from '../../src/entry/openid-provider.ts';
import type { AccountId } from '../../src/knowledge/ids.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import { createAlertHistory } from '../../src/store/accounts-alerts.ts';
import { createAuditTrail } from '../../src/store/audit.ts';
import { createImageStore } from '../../src/store/images.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createPageReadings } from '../../src/store/page-readings.ts';
import { createRemedyReports } from '../../src/store/remedies.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { createSite } from '../../src/web/create-site.ts';
import type { Site } from '../../src/web/site-app.ts';
import type { SitePorts } from '../../src/web/site-ports.ts';
import { type AccountsWorld, createAccountsWorld } from './accounts-world.ts';
import { createLedgerWorld, type LedgerWorld } from './ledger-world.ts';
import { openSealer } from './open-sealer.ts';

export type SiteWorld = Omit<AccountsWorld, 'ports'> & {
  readonly site: Site;
  readonly ports: SitePorts;
  readonly ledger: LedgerWorld;
  /** What could not be made a page. */
  readonly problems: unknown[];
  /** As a browser asks: `cookie` of `signIn`, a form's fields. Redirects are not followed. */
  get(path: string, options?: { cookie?: string; headers?: Record<string, string> }): Promise<Response>;
  post(
    path: string,
    fields?: Record<string, string>,
    options?: { cookie?: string; headers?: Record<string, string> },
  ): Promise<Response>;
  /** A confirmed account's cookie. */
  signIn(address: string): Promise<{ cookie: string; accountId: AccountId }>;
};

/** The site over real stores in memory. */
export async function createSiteWorld(
  given: {
    publicUrl?: string;
    ports?: Partial<SitePorts>;
    pageCacheMs?: number;
    takesAnonymousFeedback?: boolean;
    provider?: ProviderSettings;
    passkeyFrom?: Role;
  } = {},
): Promise<SiteWorld> {
  const publicUrl = given.publicUrl ?? 'https://kb.example.org';
  const world = await createAccountsWorld(publicUrl, undefined, given.passkeyFrom ?? null);
  const { database, accounts, clock, rateLimits } = world;
  const { archive } = openStore(database);
  const problems: unknown[] = [];
  const done = async () => ({ kind: 'done' }) as const;
  const subscriptions = createSubscriptionStore(database);
  const history = createAlertHistory(database);
  const config = readConfig({ KBALERTZ_PUBLIC_URL: publicUrl }, {});
  const findSearch = () => given.ports?.findSearch?.() ?? null;
  const ports: SitePorts = {
    audit: createAuditTrail(database, clock),
    teams: composeTeams(database, world.ports),
    ...composeSignIn({
      config: { publicUrl, provider: given.provider ?? null },
      database,
      ports: world.ports,
    }),
    settings: {
      publicUrl,
      trustedProxies: ['127.0.0.0/8'],
      minimumAnswerMs: 0,
      pageCacheMs: given.pageCacheMs ?? 0,
    },
    clock,
    log: { error: (problem) => problems.push(problem) },
    archive,
    accounts,
    apiTokens: createApiTokens(world.ports),
    rateLimits,
    subscriptions,
    history,
    findSearch,
    channels: {
      listChannels: async () => [],
      addChannel: async () => ({ kind: 'refused', sentence: 'There are no channels in this world.' }),
      testChannel: async () => null,
      removeChannel: async () => false,
      takesMail: async () => true,
      chooseMail: async () => {},
      loadPushKey: async () => 'BKey',
    },
    feeds: composeFeeds(
      { archive, history, subscriptions, clock, config, database, sealer: openSealer(database) },
      findSearch,
    ),
    findTechnologies: createTechnologyFinder(archive, curatedTechnologies),
    readings: createPageReadings(database, { madeBy: 'this version', clock }),
    images: createImageStore(database),
    remedies: {
      listRemedies: async () => [],
      listRemediesOf: async () => [],
      findRemedy: async () => null,
      readPublicKey: async () => '',
    },
    remedyReports: createRemedyReports(database),
    community: composeCommunity({
      config: { takesAnonymousFeedback: given.takesAnonymousFeedback ?? false },
      database,
      clock,
      rateLimits,
    }),
    sources: {
      listCatalogue: async () => [],
      addSource: done,
      changeSource: done,
      removeSource: done,
      testSource: async () => ({ kind: 'readable', articleCount: 2, titles: ['One', 'Two'], warnings: [] }),
      startScan: done,
      acceptHeldScan: done,
      readProgress: () => null,
      findNextScanAt: async () => null,
    },
    deliveries: {
      countByState: async () => ({}),
      listDeliveries: async () => [],
      listSuppressions: async () => [],
      removeSuppression: async () => true,
      listPausedDomains: async () => [],
      resumeDomain: async () => true,
    },
    monitoring: { observeRequest: () => {}, findReadiness: async () => ({ isReady: true, waitsFor: [] }) },
    outbox: { listMessages: async () => [], findMessage: async () => null },
    ...given.ports,
  };
  const site = createSite(ports);
  const address = (path: string) => (path.startsWith('http') ? path : `${publicUrl}${path}`);
  const cookieHeader = (cookie: string | undefined) => (cookie === undefined ? {} : { cookie });
  return {
    ...world,
    site,
    ports,
    problems,
    ledger: await createLedgerWorld(database),
    get: async (path, options = {}) =>
      site.fetch(
        new Request(address(path), { headers: { ...cookieHeader(options.cookie), ...options.headers } }),
      ),
    post: async (path, fields = {}, options = {}) =>
      site.fetch(
        new Request(address(path), {
          method: 'POST',
          body: new URLSearchParams(fields).toString(),
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
            ...cookieHeader(options.cookie),
            ...options.headers,
          },
        }),
      ),
    async signIn(name) {
      const accountId = await world.join(name);
      const { secret } = await accounts.startSession({ accountId, userAgent: 'a test' });
      return { cookie: `${publicUrl.startsWith('https') ? '__Host-' : ''}session=${secret}`, accountId };
    },
  };
}
