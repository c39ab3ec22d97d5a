import { z } from '@hono/zod-openapi';
import { readCaller } from '../access/require-scope.ts';
import { defineOperation, json } from '../operation.ts';
import { digestSchema, localDateParameter, writeDigest } from '../schemas/digest.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { limitParameter } from '../schemas/parameters.ts';

export const listDigests = defineOperation(
  {
    method: 'get',
    path: '/digests',
    operationId: 'listDigests',
    tags: ['Digests'],
    access: 'read',
    summary: 'List your digests',
    description: 'Newest first.',
    request: {
      query: z.strictObject({
        after: localDateParameter('The `next` of the page before.').optional(),
        limit: limitParameter(500, 100),
      }),
    },
    responses: { 200: json('A page of digests.', pageOf(digestSchema, 'DigestPage')) },
  },
  ({ history }) =>
    async (c) => {
      const { after, limit } = c.req.valid('query');
      const rows = await history.listDigests(readCaller(c).account.id, limit + 1, after);
      const page = cutPage(rows, limit, ({ localDate }) => localDate);
      return c.json({ ...page, items: page.items.map(writeDigest) }, 200);
    },
);
