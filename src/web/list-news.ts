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

/** News counted by day: every later step of an article, and new ones but those that a baseline or an import took in. */
export async function countNews(
  archive: SitePorts['archive'],
  filter: Omit<ChangeFilter, 'limit' | 'before' | 'kinds' | 'onlyAlerting'>,
): Promise<Awaited<ReturnType<SitePorts['archive']['countChangesByDay']>>> {
  const counts = await Promise.all([
    archive.countChangesByDay({ ...filter, kinds: ['revised', 'retired', 'restored'] }),
    archive.countChangesByDay({ ...filter, kinds: ['created'], onlyAlerting: true }),
  ]);
  return counts.flat();
}
