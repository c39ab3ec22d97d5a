import { createCommunity } from '../community/community.ts';
import { createFeedbackStore } from '../store/feedback.ts';
import { createModerationDesk } from '../store/feedback-desk.ts';
import type { SiteCommunity } from '../web/community-ports.ts';
import type { Parts } from './compose.ts';
import type { Config } from './config.ts';

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
    findFeedback: store.findFeedback,
    listFeedbackOfArticle: store.listFeedbackOfArticle,
    readVersion: store.readVersion,
  };
}
