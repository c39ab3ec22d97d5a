import packageJson from '../../package.json' with { type: 'json' };
import type { ApiPorts } from '../api/api-ports.ts';
import { createApi } from '../api/create-api.ts';
import { createMcpEndpoint } from '../api/mcp/create-mcp-endpoint.ts';
import type { Search } from '../search/search-answer.ts';
import { createNetworkFinder } from '../web/security/client-network.ts';
import { assets } from '../web/serving/assets.ts';
import type { Parts } from './compose.ts';
import { composeCommunity } from './compose-community.ts';
import type { Log } from './log.ts';
import type { Monitoring } from './monitoring/compose-monitoring.ts';
import { createRemedyLibrary, remedyKeyFile } from './remedies.ts';

type Given = {
  readonly log: Log;
  readonly findSearch: () => Search | null;
  readonly monitoring: Pick<Monitoring, 'observeRequest'>;
};

/** The API and the assistants' server on the parts of this process. */
export function composeApi(parts: Parts, given: Given) {
  const ports = composeApiPorts(parts, given);
  return { api: createApi(ports), mcp: createMcpEndpoint(ports) };
}

export function composeApiPorts(parts: Parts, { log, findSearch, monitoring }: Given): ApiPorts {
  const { config, clock, archive } = parts;
  return {
    settings: {
      publicUrl: config.publicUrl,
      version: packageJson.version,
      stylesHref: assets.styles.href,
    },
    clock,
    log: {
      error: ({ error, ...problem }) =>
        log.error({ err: error, ...problem }, 'a request of the API could not be answered'),
    },
    observeRequest: monitoring.observeRequest,
    findNetwork: createNetworkFinder(config.trustedProxies),
    apiTokens: parts.apiTokens,
    rateLimits: parts.rateLimits,
    idempotentRequests: parts.idempotentRequests,
    atomically: parts.database.atomically,
    archive,
    findSearch,
    findTechnologies: parts.findTechnologies,
    subscriptions: parts.subscriptions,
    history: parts.history,
    community: composeCommunity(parts),
    requestScan: (source, id) => parts.deskOf({ kind: 'account', id }).requestScan(source),
    remedies: createRemedyLibrary(remedyKeyFile(config.dataFolder)),
  };
}
