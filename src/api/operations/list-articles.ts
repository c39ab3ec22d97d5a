import { z } from '@hono/zod-openapi';
import type { ArticleFilter } from '../../knowledge/archive.ts';
import { asId } from '../../knowledge/ids.ts';
import { loadSources } from '../load-sources.ts';
import { defineOperation } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { articleSchema, writeArticle } from '../schemas/article.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { idParameter, limitParameter, nameParameter } from '../schemas/parameters.ts';
import { answerLines, jsonOrLines, wantsLines } from '../serving/answer-lines.ts';

const linesAtATime = 500;

export const listArticles = defineOperation(
  {
    method: 'get',
    path: '/articles',
    operationId: 'listArticles',
    tags: ['Articles'],
    access: 'anybody',
    summary: 'List articles',
    description:
      'All articles by number, retired ones too. With `name` those that are called so, the best match first. With `Accept: application/x-ndjson` all from `after` on, one a line and whatever the `limit`; a list that was broken off goes on with the number of its last article as `after`.',
    request: {
      query: z.strictObject({
        after: idParameter(
          'The `next` of the page before, or the number of the last article that you have.',
          120,
        ).optional(),
        limit: limitParameter(500, 100),
        name: z.string().min(1).max(500).optional().openapi({
          description: 'An external id, key, address or former name. The other filters are left aside.',
          example: 'KB910336',
        }),
        source: nameParameter('Name of a source.', 'starter').optional(),
        technology: nameParameter('A technology with all below it.', 'windows').optional(),
        state: z.enum(['active', 'retired']).optional(),
      }),
    },
    responses: {
      200: jsonOrLines('A page of articles.', pageOf(articleSchema, 'ArticlePage'), articleSchema),
      ...problems('not-found'),
    },
  },
  ({ archive }) =>
    async (c) => {
      const { after, limit, name, source, technology, state } = c.req.valid('query');
      const sources = await loadSources(archive);
      const write = (article: Parameters<typeof writeArticle>[0]) =>
        writeArticle(article, { links: c.get('links'), sources: sources.byId });
      if (name !== undefined) {
        const found = (await archive.findArticlesByName(name)).slice(0, limit);
        return c.json({ items: found.map(write), next: null }, 200);
      }
      const ofSource = source === undefined ? undefined : sources.byName.get(source);
      if (source !== undefined && ofSource === undefined) {
        return problem(c, 'not-found', `There is no source “${source}”.`);
      }
      const ofTechnology =
        technology === undefined
          ? undefined
          : (await archive.listTechnologies()).find(({ slug }) => slug === technology);
      if (technology !== undefined && ofTechnology === undefined) {
        return problem(c, 'not-found', `There is no technology “${technology}”.`);
      }
      const filter: Omit<ArticleFilter, 'limit'> = {
        after: after === undefined ? null : asId(after),
        ...(ofSource !== undefined && { sourceId: ofSource.id }),
        ...(ofTechnology !== undefined && { technologyId: ofTechnology.id }),
        ...(state !== undefined && { state }),
      };
      if (wantsLines(c)) return answerLines(c, readAll(filter));
      const page = cutPage(
        await archive.listArticlePage({ ...filter, limit: limit + 1 }),
        limit,
        ({ id }) => id,
      );
      return c.json({ ...page, items: page.items.map(write) }, 200);

      async function* readAll(all: Omit<ArticleFilter, 'limit'>) {
        for (let position = all.after; ; ) {
          const rows = await archive.listArticlePage({ ...all, after: position, limit: linesAtATime });
          yield rows.map(write);
          position = rows.at(-1)?.id ?? null;
          if (rows.length < linesAtATime) return;
        }
      }
    },
);
