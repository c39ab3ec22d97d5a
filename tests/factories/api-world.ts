import type { ApiPorts } from '../../src/api/api-ports.ts';
import { createApi } from '../../src/api/create-api.ts';
import { createTechnologyFinder } from '../../src/entry/find-technologies.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import type { Database } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type AccountsWorld, createAccountsWorld } from './accounts-world.ts';
import { createLedgerWorld, type LedgerWorld } from './ledger-world.ts';

export type ApiWorld = Omit<AccountsWorld, 'ports'> & {
  readonly ledger: LedgerWorld;
  readonly ports: ApiPorts;
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
  const ports: ApiPorts = {
    settings: { publicUrl, version: '1.0.0', stylesHref: '/assets/look.css' },
    clock,
    log: { error: (problem) => problems.push(problem) },
    archive,
    findSearch: () => null,
    findTechnologies: createTechnologyFinder(archive, curatedTechnologies),
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
    problems,
    ledger: await createLedgerWorld(database),
    request,
    read: async <Body>(path: string, options?: RequestInit) =>
      (await request(path, options)).json() as Promise<Body>, // checked by the test's expectations
  };
}
