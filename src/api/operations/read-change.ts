import { z } from '@hono/zod-openapi';
import { asId } from '../../knowledge/ids.ts';
import { loadSources } from '../load-sources.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { changeSchema, writeChange } from '../schemas/change.ts';
import { idParameter } from '../schemas/parameters.ts';

export const readChange = defineOperation(
  {
    method: 'get',
    path: '/changes/{change}',
    operationId: 'readChange',
    tags: ['Changes'],
    access: 'anybody',
    summary: 'Read a change',
    request: { params: z.object({ change: idParameter('Number of the change.', 4711) }) },
    responses: { 200: json('The change.', changeSchema), ...problems('not-found') },
  },
  ({ archive }) =>
    async (c) => {
      const id = c.req.valid('param').change;
      const change = await archive.findChange(asId(id));
      if (change === null) return problem(c, 'not-found', `There is no change ${id}.`);
      const { byId } = await loadSources(archive);
      return c.json(writeChange(change, { links: c.get('links'), sources: byId }), 200);
    },
);
