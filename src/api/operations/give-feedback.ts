import { z } from '@hono/zod-openapi';
import { type ArticleId, asId } from '../../knowledge/ids.ts';
import { readCaller } from '../access/require-scope.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { newFeedbackSchema } from '../schemas/feedback.ts';
import { idParameter } from '../schemas/parameters.ts';

export const giveFeedback = defineOperation(
  {
    method: 'post',
    path: '/articles/{article}/feedback',
    operationId: 'giveFeedback',
    tags: ['Feedback'],
    access: 'feedback',
    summary: 'Give feedback on an article',
    description:
      'What looks like a secret in it is masked before it is kept. It is shown at once, held until a moderator has looked, or merged with one that says the same.',
    request: {
      params: z.object({ article: idParameter('Number of the article.', 12) }),
      body: { required: true, content: { 'application/json': { schema: newFeedbackSchema } } },
    },
    responses: {
      201: json(
        'It is kept.',
        z
          .object({
            id: z.int(),
            state: z.enum(['shown', 'held', 'merged']),
            masked: z.array(z.string()).openapi({ description: 'Kinds of secrets that were masked.' }),
          })
          .openapi('GivenFeedback'),
      ),
      ...problems('not-found', 'bad-request', 'too-many-requests'),
    },
  },
  ({ archive, community }) =>
    async (c) => {
      const id = asId<ArticleId>(c.req.valid('param').article);
      const written = c.req.valid('json');
      const article = await archive.findArticle(id);
      if (article === null) return problem(c, 'not-found', `There is no article ${id}. Nothing was kept.`);
      const technologies = await archive.listTechnologiesOfArticle(id);
      const technology = technologies.find(({ slug }) => slug === written.technology);
      if (written.technology !== undefined && technology === undefined) {
        const detail = `The article is not about “${written.technology}”. Nothing was kept.`;
        return problem(c, 'not-found', detail);
      }
      const given = await community.giveFeedback({
        person: { accountId: readCaller(c).account.id, network: 'api' },
        articleId: id,
        revision: Math.min(written.revision ?? article.revision, article.revision),
        authorName: written.author,
        outcome: written.outcome,
        didHarm: written.didHarm,
        technologyId: technology?.id ?? null,
        version: written.version,
        text: written.text,
      });
      switch (given.kind) {
        case 'limited':
          c.header('retry-after', String(Math.ceil(given.retryAfterMs / 1000)));
          return problem(c, 'too-many-requests', 'The account wrote much in a short time. Nothing was kept.');
        case 'no-anonymous':
        case 'no-text':
        case 'too-long': {
          const errors = [{ in: 'body' as const, name: 'text', message: 'is missing or too long' }];
          return problem(c, 'bad-request', 'Nothing was kept. See errors.', { errors });
        }
        default: {
          const masked = [...new Set(given.masked.map(({ kind }) => kind))];
          return c.json({ id: given.id, state: given.kind, masked }, 201);
        }
      }
    },
);
