import packageJson from '../../package.json' with { type: 'json' };
import { createApi } from '../api/create-api.ts';
import type { Search } from '../search/search-answer.ts';
import { assets } from '../web/serving/assets.ts';
import type { Parts } from './compose.ts';
import type { Log } from './log.ts';
import { createRemedyLibrary, remedyKeyFile } from './remedies.ts';

/** The API on the parts of this process. */
export function composeApi(
  parts: Parts,
  { log, findSearch }: { readonly log: Log; readonly findSearch: () => Search | null },
) {
  const { config, clock, archive } = parts;
  return createApi({
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
    archive,
    findSearch,
    findTechnologies: parts.findTechnologies,
    remedies: createRemedyLibrary(remedyKeyFile(config.dataFolder)),
  });
}
