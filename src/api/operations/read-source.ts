import { z } from '@hono/zod-openapi';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { nameParameter } from '../schemas/parameters.ts';
import { sourceSchema, writeSource } from '../schemas/source.ts';

export const readSource = defineOperation(
  {
    method: 'get',
    path: '/sources/{source}',
    operationId: 'readSource',
    tags: ['Sources'],
    access: 'anybody',
    summary: 'Read a source',
    request: { params: z.object({ source: nameParameter('Name of the source.', 'starter') }) },
    responses: { 200: json('The source.', sourceSchema), ...problems('not-found') },
  },
  ({ archive }) =>
    async (c) => {
      const name = c.req.valid('param').source;
      const source = await archive.findSource(name);
      if (source === null) return problem(c, 'not-found', `There is no source “${name}”.`);
      return c.json(writeSource(source), 200);
    },
);
