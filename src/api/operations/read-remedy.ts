import { z } from '@hono/zod-openapi';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { nameParameter } from '../schemas/parameters.ts';
import { wholeRemedySchema, writeWholeRemedy } from '../schemas/remedy.ts';

export const readRemedy = defineOperation(
  {
    method: 'get',
    path: '/remedies/{remedy}',
    operationId: 'readRemedy',
    tags: ['Remedies'],
    access: 'anybody',
    summary: 'Read a remedy',
    description: 'With its steps, and its scripts with their checksums and signatures.',
    request: { params: z.object({ remedy: nameParameter('Id of the remedy.', 'windows-update-store') }) },
    responses: { 200: json('The remedy.', wholeRemedySchema), ...problems('not-found') },
  },
  ({ remedies }) =>
    async (c) => {
      const id = c.req.valid('param').remedy;
      const offered = await remedies.findRemedy(id);
      if (offered === null) return problem(c, 'not-found', `There is no remedy “${id}”.`);
      return c.json(writeWholeRemedy(offered, c.get('links')), 200);
    },
);
