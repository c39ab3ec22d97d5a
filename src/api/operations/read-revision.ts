import { z } from '@hono/zod-openapi';
import { formatDocument } from '../../knowledge/reading/format-document.ts';
import { findRevision } from '../find-revision.ts';
import { defineOperation, jsonOrText } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { idParameter } from '../schemas/parameters.ts';
import { wholeRevisionSchema, writeWholeRevision } from '../schemas/revision.ts';
import { answerText, chooseType } from '../serving/answer-text.ts';

export const readRevision = defineOperation(
  {
    method: 'get',
    path: '/articles/{article}/revisions/{number}',
    operationId: 'readRevision',
    tags: ['Articles'],
    access: 'anybody',
    summary: 'Read a revision',
    description: '`Accept: text/markdown` brings the text alone.',
    request: {
      params: z.object({
        article: idParameter('Number of the article.', 12),
        number: idParameter('Number of the revision.', 1),
      }),
    },
    responses: {
      200: jsonOrText('The revision.', wholeRevisionSchema, 'text/markdown'),
      ...problems('not-found'),
    },
  },
  ({ archive }) =>
    async (c) => {
      const found = await findRevision(archive, c.req.valid('param'));
      if (found.kind === 'missing') return problem(c, 'not-found', found.sentence);
      const { revision } = found;
      if (chooseType(c, 'text/markdown') === 'text/markdown') {
        const text = `# ${revision.title}\n\n${formatDocument(revision.document)}\n`;
        return answerText(c, 'text/markdown', text);
      }
      return c.json(writeWholeRevision(revision, c.get('links')), 200);
    },
);
