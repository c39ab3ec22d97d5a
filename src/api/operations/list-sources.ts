import { z } from '@hono/zod-openapi';
import { defineOperation, json } from '../operation.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { limitParameter, nameParameter } from '../schemas/parameters.ts';
import { sliceAfter } from '../schemas/slice-after.ts';
import { sourceSchema, writeSource } from '../schemas/source.ts';

export const listSources = defineOperation(
  {
    method: 'get',
    path: '/sources',
    operationId: 'listSources',
    tags: ['Sources'],
    access: 'anybody',
    summary: 'List sources',
    description: 'All knowledge bases that are watched, by name.',
    request: {
      query: z.strictObject({
        after: nameParameter('The `next` of the page before.', 'starter').optional(),
        limit: limitParameter(500, 100),
      }),
    },
    responses: { 200: json('A page of sources.', pageOf(sourceSchema, 'SourcePage')) },
  },
  ({ archive }) =>
    async (c) => {
      const { after, limit } = c.req.valid('query');
      const rest = sliceAfter(await archive.listSources(), after, ({ name }) => name);
      const page = cutPage(rest, limit, ({ name }) => name);
      return c.json({ ...page, items: page.items.map(writeSource) }, 200);
    },
);
