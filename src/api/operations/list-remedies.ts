import { z } from '@hono/zod-openapi';
import { defineOperation, json } from '../operation.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { limitParameter, nameParameter } from '../schemas/parameters.ts';
import { remedyNameSchema, writeRemedy } from '../schemas/remedy.ts';
import { sliceAfter } from '../schemas/slice-after.ts';

export const listRemedies = defineOperation(
  {
    method: 'get',
    path: '/remedies',
    operationId: 'listRemedies',
    tags: ['Remedies'],
    access: 'anybody',
    summary: 'List remedies',
    description: 'Runnable fixes of articles, by id.',
    request: {
      query: z.strictObject({
        after: nameParameter('The `next` of the page before.', 'full-boot').optional(),
        limit: limitParameter(500, 100),
      }),
    },
    responses: { 200: json('A page of remedies.', pageOf(remedyNameSchema, 'RemedyPage')) },
  },
  ({ remedies }) =>
    async (c) => {
      const { after, limit } = c.req.valid('query');
      const rest = sliceAfter(await remedies.listRemedies(), after, ({ remedy }) => remedy.id);
      const page = cutPage(rest, limit, ({ remedy }) => remedy.id);
      return c.json({ ...page, items: page.items.map((one) => writeRemedy(one, c.get('links'))) }, 200);
    },
);
