import type { SourceTrial } from '../cli/workplace.ts';
import type { Clock } from '../knowledge/clock.ts';
import { readDocument } from '../knowledge/reading/read-document.ts';
import { createVolatileFetchMemory } from '../sources/http/volatile-fetch-memory.ts';
import { createSourceProbe } from '../sources/probe/create-source-probe.ts';
import type { Config } from './config.ts';
import { createSourceReaders } from './source-readers.ts';

const timeoutMs = 110_000;

/** Tries sources that are not watched yet, and keeps nothing. */
export function createSourceTrial(config: Config, clock: Clock): SourceTrial {
  return async ({ url, kind, settings }) => {
    const readers = createSourceReaders({ config, clock, memory: createVolatileFetchMemory() });
    try {
      const probe = createSourceProbe({
        client: readers.client,
        readerOf: (found) => readers.readerOf({ kind: found, url }),
        clock,
      });
      const { articles, ...found } = await probe.probe({
        url,
        settings,
        signal: AbortSignal.timeout(timeoutMs),
        ...(kind && { kind }),
      });
      return {
        ...found,
        articles: articles.map((draft) => {
          const document = readDocument(draft.published, draft.key);
          return { key: draft.key, url: draft.url, ...document };
        }),
      };
    } finally {
      await readers.close();
    }
  };
}
