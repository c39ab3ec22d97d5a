import type { Community } from '../community/community.ts';
import type { Curation, TechnologyRuleBook } from '../community/curation.ts';
import type { FeedbackStore, ModerationDesk } from '../community/feedback-store.ts';

/** What readers say below articles: giving, reading, reporting and deciding. */
export type SiteCommunity = Community &
  Curation &
  TechnologyRuleBook &
  Omit<ModerationDesk, 'listNewest'> &
  Pick<FeedbackStore, 'findFeedback' | 'listFeedbackOfArticle' | 'readVersion'>;
