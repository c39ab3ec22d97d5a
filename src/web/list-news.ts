import type { ChangeFilter, ChangeWithArticle } from '../knowledge/archive.ts';
import type { SitePorts } from './site-ports.ts';

/**
 * The newest changes that matter, one by one: those that alert, or, where the archive has only a history that was
 * imported, the steps of that. What a baseline took in is no news.
 */
export async function listNews(
  archive: SitePorts['archive'],
  filter: Pick<ChangeFilter, 'limit' | 'technologyId'>,
): Promise<ChangeWithArticle[]> {
  const news = { ...filter, leastSignificance: 'material', withoutBulkEdits: true } as const;
  const alerting = await archive.listChanges({ ...news, onlyAlerting: true });
  if (alerting.length > 0) return alerting;
  return archive.listChanges({ ...news, kinds: ['revised', 'retired', 'restored'] });
}
