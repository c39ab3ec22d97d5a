import { z } from '@hono/zod-openapi';
import { type ArticleId, asId } from '../../knowledge/ids.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { idParameter, limitParameter } from '../schemas/parameters.ts';
import { revisionSchema, writeRevision } from '../schemas/revision.ts';

export const listRevisions = defineOperation(
  {
    method: 'get',
    path: '/articles/{article}/revisions',
    operationId: 'listRevisions',
    tags: ['Articles'],
    access: 'anybody',
    summary: 'List the revisions of an article',
    description: 'Newest first.',
    request: {
      params: z.object({ article: idParameter('Number of the article.', 12) }),
      query: z.strictObject({
        after: idParameter('The `next` of the page before.', 3).optional(),
        limit: limitParameter(500, 100),
      }),
    },
    responses: {
      200: json('A page of revisions.', pageOf(revisionSchema, 'RevisionPage')),
      ...problems('not-found'),
    },
  },
  ({ archive }) =>
    async (c) => {
      const id = asId<ArticleId>(c.req.valid('param').article);
      const { after = Number.POSITIVE_INFINITY, limit } = c.req.valid('query');
      const revisions = await archive.listRevisions(id);
      if (revisions.length === 0) return problem(c, 'not-found', `There is no article ${id}.`);
      const rest = revisions.filter((revision) => revision.number < after);
      const page = cutPage(rest, limit, ({ number }) => number);
      const items = page.items.map((revision) => writeRevision(revision, c.get('links')));
      return c.json({ ...page, items }, 200);
    },
);
