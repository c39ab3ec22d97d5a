import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedbackDesk } from '../cli/workplace.ts';
import { createCommunity } from '../community/community.ts';
import { importFeedback } from '../community/import-feedback.ts';
import { createFeedbackStore } from '../store/feedback.ts';
import { createModerationDesk } from '../store/feedback-desk.ts';
import { createCuration } from '../store/technology-corrections.ts';
import { createTechnologyRuleBook } from '../store/technology-rules.ts';
import type { SiteCommunity } from '../web/community-ports.ts';
import type { Parts } from './compose.ts';
import type { Config } from './config.ts';
import { starterUrl } from './source-readers.ts';

/** Feedback and its moderation on the parts of this process. */
export function composeCommunity(
  parts: Pick<Parts, 'database' | 'clock' | 'rateLimits'> & {
    readonly config: Pick<Config, 'takesAnonymousFeedback'>;
  },
): SiteCommunity {
  const store = createFeedbackStore(parts.database);
  return {
    ...createCommunity({
      store,
      permits: parts.rateLimits,
      clock: parts.clock,
      takesAnonymous: parts.config.takesAnonymousFeedback,
    }),
    ...createModerationDesk(parts.database),
    ...createCuration(parts.database),
    ...createTechnologyRuleBook(parts.database),
    findFeedback: store.findFeedback,
    listFeedbackOfArticle: store.listFeedbackOfArticle,
    readVersion: store.readVersion,
  };
}

/** What the command line does with feedback. */
export function createFeedbackDesk(
  parts: Pick<Parts, 'database' | 'archive' | 'findTechnologies'>,
): FeedbackDesk {
  const { archive } = parts;
  const { listNewest, countQueue } = createModerationDesk(parts.database);
  return {
    listNewest,
    countQueue,
    importLines: (lines) =>
      importFeedback(lines, {
        store: createFeedbackStore(parts.database),
        findArticle: async (name) => (await archive.findArticlesByName(name))[0]?.id ?? null,
        async findRevisionAt(id, instant) {
          const revisions = await archive.listRevisions(id);
          return revisions.find((revision) => revision.capturedAt <= instant)?.number ?? 0;
        },
        findTechnology: async (name) => (await parts.findTechnologies(name))[0]?.id ?? null,
      }),
  };
}

const starterFile = join(import.meta.dirname, '../../starter-kb/feedback.jsonl');

/** Takes the example feedback of the starter knowledge base in, once its article is there; true when that is done. */
export async function importStarterFeedback(
  parts: Pick<Parts, 'database' | 'archive' | 'findTechnologies' | 'sources'>,
): Promise<boolean> {
  const isStarter = (await parts.sources.list()).some((source) => source.url === starterUrl);
  if (!isStarter) return true;
  if ((await parts.archive.findArticlesByName('KB910336')).length === 0) return false;
  await createFeedbackDesk(parts).importLines((await readFile(starterFile, 'utf8')).split('\n'));
  return true;
}
