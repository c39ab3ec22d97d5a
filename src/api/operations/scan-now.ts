import { z } from '@hono/zod-openapi';
import { readCaller } from '../access/require-scope.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { instantSchema, isoInstant, nameParameter } from '../schemas/parameters.ts';

export const scanNow = defineOperation(
  {
    method: 'post',
    path: '/sources/{source}/scans',
    operationId: 'scanNow',
    tags: ['Sources'],
    access: 'administration',
    summary: 'Scan a source now',
    description: 'It begins within seconds, and shows among the scans of the source.',
    request: { params: z.object({ source: nameParameter('Name of the source.', 'starter') }) },
    responses: {
      202: json(
        'It is asked for.',
        z.object({ source: z.string(), requestedAt: instantSchema }).openapi('RequestedScan'),
      ),
      ...problems('not-found'),
    },
  },
  ({ requestScan, clock }) =>
    async (c) => {
      const { source } = c.req.valid('param');
      const now = clock.now();
      if (!(await requestScan(source, readCaller(c).account.id))) {
        return problem(c, 'not-found', `There is no source “${source}”.`);
      }
      c.header('location', `${c.get('links').api}/scans?source=${source}`);
      return c.json({ source, requestedAt: isoInstant(now) }, 202);
    },
);
