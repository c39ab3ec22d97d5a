import { z } from '@hono/zod-openapi';
import { type ArticleId, asId } from '../../knowledge/ids.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { feedbackSchema, writeFeedback } from '../schemas/feedback.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { idParameter, limitParameter } from '../schemas/parameters.ts';

export const listFeedback = defineOperation(
  {
    method: 'get',
    path: '/articles/{article}/feedback',
    operationId: 'listFeedback',
    tags: ['Feedback'],
    access: 'anybody',
    summary: 'List the feedback on an article',
    description: 'What readers may see, in the order of writing.',
    request: {
      params: z.object({ article: idParameter('Number of the article.', 12) }),
      query: z.strictObject({
        after: idParameter('The `next` of the page before.', 3).optional(),
        limit: limitParameter(500, 100),
      }),
    },
    responses: {
      200: json('A page of feedback.', pageOf(feedbackSchema, 'FeedbackPage')),
      ...problems('not-found'),
    },
  },
  ({ archive, community }) =>
    async (c) => {
      const id = asId<ArticleId>(c.req.valid('param').article);
      const { after = 0, limit } = c.req.valid('query');
      if ((await archive.findArticle(id)) === null)
        return problem(c, 'not-found', `There is no article ${id}.`);
      const [all, technologies] = await Promise.all([
        community.listFeedbackOfArticle(id),
        archive.listTechnologies(),
      ]);
      const byId = new Map(technologies.map((technology) => [technology.id, technology]));
      const rest = all
        .filter((one) => one.state !== 'merged' && one.id > after)
        .toSorted((a, b) => a.id - b.id);
      const page = cutPage(rest, limit, (feedback) => feedback.id);
      return c.json({ ...page, items: page.items.map((one) => writeFeedback(one, byId)) }, 200);
    },
);
