import type { Archive } from '../knowledge/archive.ts';
import type { Site } from '../web/site-app.ts';

const pages = 60;

/**
 * Asks the site for the articles that changed last, one after the other, so that the first visitors after a start do
 * not wait until the program's code is compiled. What fails here fails again, and is told, when somebody asks for it.
 */
export async function warmUp(site: Site, archive: Archive, signal: AbortSignal): Promise<void> {
  const changes = await archive.listChanges({ limit: pages }).catch(() => []);
  for (const articleId of new Set(changes.map((change) => change.articleId))) {
    if (signal.aborted) return;
    const answer = await site.fetch(new Request(`http://localhost/a/${articleId}`));
    await answer.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 5)); // visitors come first
  }
}
