import type { ApiScope } from '../../src/accounts/api-tokens/api-token.ts';
import { type ApiTokens, createApiTokens } from '../../src/accounts/api-tokens/create-api-tokens.ts';
import type { ApiPorts } from '../../src/api/api-ports.ts';
import { createApi } from '../../src/api/create-api.ts';
import { composeCommunity } from '../../src/entry/compose-community.ts';
import { createTechnologyFinder } from '../../src/entry/find-technologies.ts';
import type { AccountId } from '../../src/knowledge/ids.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import { createAlertHistory } from '../../src/store/accounts-alerts.ts';
import type { Database } from '../../src/store/database.ts';
import { createIdempotentRequests } from '../../src/store/idempotent-requests.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createSourceSchedules } from '../../src/store/source-schedules.ts';
import { createSubscriptionStore } from '../../src/store/subscriptions.ts';
import { type AccountsWorld, createAccountsWorld } from './accounts-world.ts';
import { createLedgerWorld, type LedgerWorld } from './ledger-world.ts';

export type ApiWorld = Omit<AccountsWorld, 'ports'> & {
  readonly ledger: LedgerWorld;
  readonly ports: ApiPorts;
  readonly apiTokens: ApiTokens;
  /** The header of a new token of the account. */
  bearer(accountId: AccountId, ...scopes: ApiScope[]): Promise<{ authorization: string }>;
  readonly api: ReturnType<typeof createApi>;
  /** What went wrong. */
  readonly problems: unknown[];
  /** Below `/api/v1`. */
  request(path: string, options?: RequestInit): Promise<Response>;
  /** The body of a request's answer, taken for what the test says it is. */
  read<Body>(path: string, options?: RequestInit): Promise<Body>;
};

/** The API over real stores; in memory unless a database is given. */
export async function createApiWorld(
  given: { database?: Database; ports?: Partial<ApiPorts> } = {},
): Promise<ApiWorld> {
  const publicUrl = 'https://kb.example.org';
  const world = await createAccountsWorld(publicUrl, given.database);
  const { database, clock } = world;
  const { archive } = openStore(database);
  const problems: unknown[] = [];
  const apiTokens = createApiTokens(world.ports);
  const ports: ApiPorts = {
    settings: { publicUrl, version: '1.0.0', stylesHref: '/assets/look.css' },
    clock,
    log: { error: (problem) => problems.push(problem) },
    observeRequest: () => {},
    findNetwork: ({ connected }) => connected,
    apiTokens,
    rateLimits: world.rateLimits,
    idempotentRequests: createIdempotentRequests(database),
    atomically: database.atomically,
    archive,
    findSearch: () => null,
    findTechnologies: createTechnologyFinder(archive, curatedTechnologies),
    subscriptions: createSubscriptionStore(database),
    history: createAlertHistory(database),
    community: composeCommunity({
      database,
      clock,
      rateLimits: world.rateLimits,
      config: { takesAnonymousFeedback: false },
    }),
    requestScan: (source) => createSourceSchedules(database).request(source, clock.now()),
    remedies: {
      listRemedies: async () => [],
      listRemediesOf: async () => [],
      findRemedy: async () => null,
      readPublicKey: async () => '',
    },
    ...given.ports,
  };
  const api = createApi(ports);
  const request = async (path: string, options?: RequestInit) =>
    api.request(`${publicUrl}/api/v1${path}`, options);
  return {
    ...world,
    ports,
    apiTokens,
    api,
    async bearer(accountId, ...scopes) {
      const account = await world.accounts.findAccount(accountId);
      if (account === null) throw new Error('There is no such account.');
      const request = { name: 'a test', scopes, days: 30 };
      const made = await apiTokens.createToken(account, request, { kind: 'operator' });
      if (made.kind === 'refused') throw new Error(made.sentence);
      return { authorization: `Bearer ${made.secret}` };
    },
    problems,
    ledger: await createLedgerWorld(database),
    request,
    read: async <Body>(path: string, options?: RequestInit) =>
      (await request(path, options)).json() as Promise<Body>, // checked by the test's expectations
  };
}
