import { z } from '@hono/zod-openapi';
import type { Revision } from '../../knowledge/article.ts';
import { compareDocuments } from '../../knowledge/difference/compare-documents.ts';
import { formatPatch } from '../../knowledge/difference/format-patch.ts';
import { formatPlainDifference } from '../../knowledge/difference/format-plain-difference.ts';
import { findRevision } from '../find-revision.ts';
import { defineOperation, jsonOrText } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { differenceSchema, writeDifference } from '../schemas/difference.ts';
import { idParameter } from '../schemas/parameters.ts';
import { answerText, chooseType } from '../serving/answer-text.ts';

const nothing = 'Nothing that a reader can see.\n';

export const compareRevisions = defineOperation(
  {
    method: 'get',
    path: '/articles/{article}/diff',
    operationId: 'compareRevisions',
    tags: ['Articles'],
    access: 'anybody',
    summary: 'Compare two revisions',
    description:
      'Without numbers the last two. `Accept: text/plain` brings it to be read, `text/x-patch` as a patch of the published text.',
    request: {
      params: z.object({ article: idParameter('Number of the article.', 12) }),
      query: z.strictObject({
        from: idParameter('The revision before.', 1).optional(),
        to: idParameter('The revision after.', 2).optional(),
      }),
    },
    responses: {
      200: jsonOrText('What differs.', differenceSchema, 'text/plain', 'text/x-patch'),
      ...problems('not-found'),
    },
  },
  ({ archive }) =>
    async (c) => {
      const { article } = c.req.valid('param');
      const { from, to } = c.req.valid('query');
      const latter = await findRevision(archive, { article, number: to });
      if (latter.kind === 'missing') return problem(c, 'not-found', latter.sentence);
      const after = latter.revision;
      const former = await findRevision(archive, { article, number: from ?? Math.max(1, after.number - 1) });
      if (former.kind === 'missing') return problem(c, 'not-found', former.sentence);
      const before = former.revision;
      const type = chooseType(c, 'text/plain', 'text/x-patch');
      if (type === 'text/x-patch') {
        return answerText(c, type, formatPatch(latter.article.key, side(before), side(after)));
      }
      const difference = compareDocuments(before.document, after.document);
      if (type === 'text/plain') return answerText(c, type, formatPlainDifference(difference) || nothing);
      return c.json(writeDifference(difference, { before, after, links: c.get('links') }), 200);
    },
);

function side({ number, published }: Revision) {
  return { name: `revision ${number}`, text: published.text };
}
