import { dirname } from 'node:path';
import { createApi } from '../../src/api/create-api.ts';
import { compose } from '../../src/entry/compose.ts';
import { composeApiPorts } from '../../src/entry/compose-api.ts';
import { readConfig } from '../../src/entry/config.ts';
import { createLog } from '../../src/entry/log.ts';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import type { DatabaseLocation } from '../../src/store/database.ts';

/** One request of the API, in a process that may end in the middle of it. */
export type ApiWork = {
  readonly location: DatabaseLocation;
  readonly now: number;
  readonly token: string;
  readonly key: string;
  readonly query: string;
  /** Where the process is killed; null: it is not. */
  readonly dies: 'before the answer is kept' | 'after the answer was kept' | null;
};

/** The API as the program composes it. */
export async function openApi({ location, now, dies }: Pick<ApiWork, 'location' | 'now' | 'dies'>) {
  const options =
    'file' in location ? { data: dirname(location.file) } : { data: '/tmp', database: location.url };
  const config = readConfig({ KBALERTZ_PUBLIC_URL: 'https://kb.example.org' }, options);
  const parts = await compose(config, { now: () => asId<Instant>(now) });
  const die = () => process.kill(process.pid, 'SIGKILL');
  const ports = composeApiPorts(parts, {
    log: createLog('silent'),
    findSearch: () => null,
    monitoring: { observeRequest: () => {} },
  });
  const api = createApi({
    ...ports,
    idempotentRequests: {
      ...ports.idempotentRequests,
      async keepAnswer(...args) {
        const isKept = await ports.idempotentRequests.keepAnswer(...args);
        if (dies === 'before the answer is kept') die();
        return isKept;
      },
    },
    async atomically(work) {
      const done = await ports.atomically(work);
      if (dies === 'after the answer was kept') die();
      return done;
    },
  });
  const follow = ({ token, key, query }: Pick<ApiWork, 'token' | 'key' | 'query'>) =>
    api.request('https://kb.example.org/api/v1/subscriptions', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify({ followed: { kind: 'search', query } }),
    });
  return { parts, follow };
}

const [given] = process.argv.slice(2);
if (given !== undefined && import.meta.main) {
  const work = JSON.parse(given) as ApiWork; // written by the test
  const { follow, parts } = await openApi(work);
  process.exitCode = (await follow(work)).status === 201 ? 0 : 1;
  await parts.close();
}
