import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Search } from '../../../search/search-answer.ts';
import { quoteLine } from '../quote-vendor.ts';
import { defineTool, type McpPorts, NothingToTell } from '../tool.ts';

const patienceMs = 30_000;

export const searchArticlesTool = defineTool(
  {
    name: 'search_articles',
    title: 'Search the archive',
    description:
      'Finds vendors’ articles by error code (0x80070002), KB number, part of a message or words. Answers with titles, passages and permanent links; cite the links.',
    input: {
      query: z
        .string()
        .min(1)
        .max(500)
        .describe('Words, codes, "phrases", or filters such as product:outlook'),
      limit: z.int().min(1).max(25).default(8),
    },
  },
  (ports) =>
    async ({ query, limit }) => {
      const search = await waitForSearch(ports);
      const answer = search.search({ query, limit });
      const hits = answer.hits.length > 0 ? answer.hits : answer.near.slice(0, limit);
      const articles = await ports.archive.listArticles(hits.map((hit) => hit.articleId));
      const byId = new Map(articles.map((article) => [article.id, article]));
      const lines = hits.flatMap((hit) => {
        const article = byId.get(hit.articleId);
        if (article === undefined) return [];
        const state = article.state === 'retired' ? ', retired by the vendor' : '';
        const ids = article.externalIds.length === 0 ? '' : ` (${article.externalIds.join(', ')})`;
        return [
          `- Article ${article.id}${ids}${state}: ${quoteLine(article.title)}`,
          `  ${ports.links.article(article.id)}`,
          `  ${quoteLine(hit.snippet.map((part) => part.text).join(''))}`,
        ];
      });
      const found =
        answer.total === 0
          ? `Nothing has all of ${quoteLine(query)}.${lines.length > 0 ? ' These come near:' : ''}`
          : `${answer.total} found, the best first:`;
      const hint = answer.didYouMean === null ? [] : [`Did you mean: ${answer.didYouMean}`];
      return [found, ...hint, ...lines, ...answer.notUnderstood].join('\n');
    },
);

/** The index is built when the program starts; that takes some seconds. */
async function waitForSearch({ findSearch }: Pick<McpPorts, 'findSearch'>): Promise<Search> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 100) {
    const search = findSearch();
    if (search !== null) return search;
    await sleep(100);
  }
  throw new NothingToTell('The index of the search is still being built. Ask again in a minute.');
}
