import { z } from 'zod';
import type { Clock } from '../../knowledge/clock.ts';
import { SourceError, type SourceReader } from '../../knowledge/source.ts';
import type { VisitMemory } from '../http/fetch-memory.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { openVisitRound, type VisitRound } from '../http/visit-round.ts';
import { createWarnings } from '../http/warnings.ts';
import { listSetting, readSettings, technologiesSetting } from '../read-settings.ts';
import { type ListedPage, listPages } from './list-pages.ts';
import { createPageFilter } from './page-filter.ts';
import { createPageVisits, type PageOutcome } from './visit-page.ts';

export const pagesSettingsSchema = z.object({
  /** The pages themselves, instead of a list at the source's address. */
  urls: listSetting.default([]),
  /** Patterns of paths to take and to leave; `*` is anything. */
  include: listSetting.default([]),
  exclude: listSetting.default([]),
  /** Further hosts whose pages may be in the list. */
  hosts: listSetting.default([]),
  /** CSS selector of the article; without it the main content is found. */
  content: z.string().max(500).optional(),
  /** CSS selector of what is within it and no part of it. */
  remove: z.string().max(500).optional(),
  maxPages: z.coerce.number().int().min(1).max(200_000).default(20_000),
  technologies: technologiesSetting,
});

/** So many pages in a row that can't be read are no accident of theirs. */
const maxFailuresInARow = 25;

/** Reads the pages of a web site, politely, and only where something may be new. */
export function createPagesReader(parts: {
  client: PoliteClient;
  memory: VisitMemory;
  clock: Clock;
}): SourceReader {
  const { client, memory, clock } = parts;

  return {
    async *readSnapshots({ source, cursor, asOf, signal }) {
      const settings = readSettings(pagesSettingsSchema, 'pages', source.settings);
      const round = await openVisitRound({ source, cursor, asOf, memory, clock });
      const warnings = createWarnings();
      const isWanted = createPageFilter({ ...settings, hosts: listHosts(source.url, settings) });
      const list = await listPages({ ...settings, url: source.url, isWanted, client, round, signal });
      for (const warning of list.warnings) warnings.add(warning);
      if (list.pages.length === 0) {
        throw new SourceError(
          'no-pages',
          `${source.url} lists no page that is wanted. All articles were kept; check its address and the patterns.`,
        );
      }

      const listed = new Set(list.pages.map(({ url }) => url));
      const visits = createPageVisits({
        options: { content: settings.content ?? null, remove: settings.remove ?? null },
        placeTechnologies: settings.technologies,
        round,
        client,
        listed,
        isWanted,
        signal,
      });
      const noteFailures = createFailureWatch();
      let postponed: string | null = null;
      for (const { url } of inOrder(list.pages, round)) {
        if (round.isDone(url)) continue;
        signal.throwIfAborted();
        const outcome = await visits.visit(url);
        if (outcome.kind === 'postponed') {
          postponed = outcome.because;
          break;
        }
        noteFailures(outcome);
        if ('because' in outcome)
          warnings.add(`${url} was passed over: ${outcome.because}.`, outcome.because);
      }
      if (postponed !== null) {
        await round.pause();
        if (cursor === null) throw unfinished(list.pages, round, postponed);
        warnings.add(`Only a part was visited: ${postponed}. The other pages come first next time.`);
      } else if (list.isComplete) {
        for (const url of round.listArticles()) {
          if (listed.has(url) || round.isDone(url)) continue;
          signal.throwIfAborted();
          const outcome = await visits.visit(url);
          if ('because' in outcome)
            warnings.add(`${url} is in the list no more and was kept: ${outcome.because}.`);
        }
      }
      await visits.followMoves();
      if (round.listArticles().length === 0) {
        const first = warnings.list()[0] ?? '';
        throw new SourceError(
          'no-articles',
          `No page of ${source.url} could be read as an article. ${first}`,
        );
      }
      const isComplete = postponed === null && list.isComplete;
      const snapshot = await round.finish({ warnings: warnings.list(), isComplete });
      if (snapshot !== null) yield snapshot;
    },
  };
}

function listHosts(url: string, settings: z.output<typeof pagesSettingsSchema>): string[] {
  const given = [url, ...settings.urls]
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text).host);
  return [...given, ...settings.hosts];
}

function createFailureWatch(): (outcome: PageOutcome) => void {
  let failuresInARow = 0;
  return (outcome) => {
    failuresInARow = outcome.kind === 'failed' ? failuresInARow + 1 : 0;
    if (outcome.kind !== 'failed' || failuresInARow < maxFailuresInARow) return;
    throw new SourceError(
      'unreachable',
      `${failuresInARow} pages in a row could not be read: ${outcome.because}. All articles were kept; it is tried again.`,
    );
  };
}

/** New pages first, then those that changed since, then those whose last visit is longest ago. */
function inOrder(pages: readonly ListedPage[], round: VisitRound): ListedPage[] {
  const rank = ({ url, modifiedAtMs }: ListedPage): number => {
    const visitedAt = round.find(url)?.visitedAt;
    if (visitedAt === undefined) return Number.NEGATIVE_INFINITY;
    return modifiedAtMs !== null && modifiedAtMs > visitedAt ? -modifiedAtMs : visitedAt;
  };
  return pages
    .map((page) => ({ page, rank: rank(page) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ page }) => page);
}

/** A first scan shows all or nothing; what was read is kept for the next one. */
function unfinished(pages: readonly ListedPage[], round: VisitRound, because: string): SourceError {
  const read = pages.filter(({ url }) => round.isDone(url)).length;
  return new SourceError(
    'postponed',
    `${read} of ${pages.length} pages are read and kept, and the next scan goes on from there: ${because}.`,
  );
}
