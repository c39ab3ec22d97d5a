import type { Operation } from '../operation.ts';
import { changeSubscription } from './change-subscription.ts';
import { compareRevisions } from './compare-revisions.ts';
import { createSubscription } from './create-subscription.ts';
import { deleteSubscription } from './delete-subscription.ts';
import { downloadScript } from './download-script.ts';
import { giveFeedback } from './give-feedback.ts';
import { listArticles } from './list-articles.ts';
import { listChanges } from './list-changes.ts';
import { listDigests } from './list-digests.ts';
import { listFeedback } from './list-feedback.ts';
import { listRemedies } from './list-remedies.ts';
import { listRevisions } from './list-revisions.ts';
import { listScans } from './list-scans.ts';
import { listSources } from './list-sources.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { listTechnologies } from './list-technologies.ts';
import { readArticle } from './read-article.ts';
import { readChange } from './read-change.ts';
import { readDigest } from './read-digest.ts';
import { readRemedy } from './read-remedy.ts';
import { readRemedyKey } from './read-remedy-key.ts';
import { readRevision } from './read-revision.ts';
import { readScan } from './read-scan.ts';
import { readSource } from './read-source.ts';
import { readSubscription } from './read-subscription.ts';
import { readTechnology } from './read-technology.ts';
import { readToken } from './read-token.ts';
import { scanNow } from './scan-now.ts';
import { searchArticles } from './search-articles.ts';

/** Everything that the API does, in the order in which the document and the reference show it. */
export const operations: readonly Operation[] = [
  listArticles,
  readArticle,
  listRevisions,
  readRevision,
  compareRevisions,
  listFeedback,
  giveFeedback,
  listChanges,
  readChange,
  searchArticles,
  listTechnologies,
  readTechnology,
  listSubscriptions,
  createSubscription,
  readSubscription,
  changeSubscription,
  deleteSubscription,
  listDigests,
  readDigest,
  listRemedies,
  readRemedy,
  downloadScript,
  readRemedyKey,
  listSources,
  readSource,
  listScans,
  readScan,
  scanNow,
  readToken,
];
