import { z } from '@hono/zod-openapi';
import { loadSources } from '../load-sources.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { limitParameter } from '../schemas/parameters.ts';
import { searchAnswerSchema, writeHits } from '../schemas/search.ts';

/** Nobody reads so far, and each page costs as much as all before it. */
const deepestHit = 10_000;

export const searchArticles = defineOperation(
  {
    method: 'get',
    path: '/search',
    operationId: 'searchArticles',
    tags: ['Search'],
    access: 'anybody',
    summary: 'Search the archive',
    description:
      'In the language of the site’s search: words, error codes, KB numbers, phrases, and filters such as `product:` or `changed:`. Any text is a query.',
    request: {
      query: z.strictObject({
        q: z.string().min(1).max(500).openapi({ description: 'The query.', example: '0x80070002' }),
        limit: limitParameter(100, 20),
        after: z
          .string()
          .regex(/^[1-9]\d{0,3}$/, `a whole number from 1 to ${deepestHit - 1}`)
          .transform(Number)
          .optional()
          .openapi({
            type: 'integer',
            minimum: 1,
            maximum: deepestHit - 1,
            description: 'The `next` of the page before.',
            example: 20,
          }),
        sort: z
          .enum(['relevance', 'changed'])
          .default('relevance')
          .openapi({ description: '`changed`: last changed first.' }),
      }),
    },
    responses: { 200: json('What was found.', searchAnswerSchema), ...problems('not-ready') },
  },
  ({ archive, findSearch }) =>
    async (c) => {
      const { q, limit, after = 0, sort } = c.req.valid('query');
      const search = findSearch();
      if (search === null) {
        c.header('retry-after', '5');
        return problem(c, 'not-ready', 'The index of the search is being built.');
      }
      const answer = search.search({ query: q, limit, offset: after, sort });
      const shown = [...answer.hits, ...answer.near].map((hit) => hit.articleId);
      const [articles, sources] = await Promise.all([archive.listArticles(shown), loadSources(archive)]);
      const byId = new Map(articles.map((article) => [article.id, article]));
      const names = { links: c.get('links'), sources: sources.byId };
      const end = after + answer.hits.length;
      const hasMore = answer.hits.length > 0 && end < answer.total && end < deepestHit;
      return c.json(
        {
          total: answer.total,
          items: writeHits(answer.hits, byId, names),
          near: writeHits(answer.near, byId, names),
          didYouMean: answer.didYouMean,
          notUnderstood: [...answer.notUnderstood],
          next: hasMore ? String(end) : null,
        },
        200,
      );
    },
);
