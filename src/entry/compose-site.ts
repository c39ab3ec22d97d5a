import type { WorkplaceOptions } from '../cli/workplace.ts';
import type { Search } from '../search/search-answer.ts';
import { createRemedyReports } from '../store/remedies.ts';
import { createSite } from '../web/create-site.ts';
import type { Site } from '../web/site-app.ts';
import type { Parts } from './compose.ts';
import { composeCommunity } from './compose-community.ts';
import { composeFeeds } from './compose-feeds.ts';
import { loadCatalogue } from './load-catalogue.ts';
import type { Log } from './log.ts';
import type { Monitoring } from './monitoring/compose-monitoring.ts';
import { createRemedyLibrary, remedyKeyFile } from './remedies.ts';
import { createSourceAdministration } from './source-administration.ts';

/** The site on the parts of this process. `options` are those that the server was started with. */
export function composeSite(
  parts: Parts,
  given: {
    options: WorkplaceOptions;
    log: Log;
    findSearch: () => Search | null;
    monitoring: Pick<Monitoring, 'observeRequest' | 'findReadiness'>;
  },
): Site {
  const { options, log, findSearch, monitoring } = given;
  const { config, clock, archive, accounts, rateLimits, subscriptions, history, suppressions } = parts;
  return createSite({
    settings: {
      publicUrl: config.publicUrl,
      trustedProxies: config.trustedProxies,
      minimumAnswerMs: 300,
      pageCacheMs: 10_000,
    },
    clock,
    log: {
      error: ({ error, ...problem }) => log.error({ err: error, ...problem }, 'a page could not be made'),
    },
    archive,
    accounts,
    audit: parts.audit,
    teams: parts.teams,
    ...parts.signIn,
    apiTokens: parts.apiTokens,
    rateLimits,
    subscriptions,
    history,
    findTechnologies: parts.findTechnologies,
    findSearch,
    readings: parts.readings,
    images: parts.images,
    channels: parts.channels,
    feeds: composeFeeds(parts, findSearch),
    remedies: createRemedyLibrary(remedyKeyFile(config.dataFolder)),
    remedyReports: createRemedyReports(parts.database),
    sources: createSourceAdministration({ ...parts, loadCatalogue, dataOptions: listDataOptions(options) }),
    community: composeCommunity(parts),
    deliveries: {
      ...parts.overview,
      listSuppressions: suppressions.listSuppressions,
      removeSuppression: suppressions.lift,
      listPausedDomains: () => parts.returned.letters.listPausedDomains(clock.now()),
      resumeDomain: (domain) => parts.returned.letters.resumeDomain(domain, clock.now()),
    },
    monitoring,
    outbox: parts.outbox,
  });
}

/** For commands that run apart, so that they open the same data. */
function listDataOptions({ data, database }: WorkplaceOptions): string[] {
  return [
    ...(data === undefined ? [] : ['--data', data]),
    ...(database === undefined ? [] : ['--database', database]),
  ];
}
