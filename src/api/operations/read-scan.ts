import { z } from '@hono/zod-openapi';
import { asId } from '../../knowledge/ids.ts';
import { isAdministrator } from '../access/require-scope.ts';
import { loadSources } from '../load-sources.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { idParameter } from '../schemas/parameters.ts';
import { scanSchema, writeScan } from '../schemas/source.ts';

export const readScan = defineOperation(
  {
    method: 'get',
    path: '/scans/{scan}',
    operationId: 'readScan',
    tags: ['Sources'],
    access: 'anybody',
    summary: 'Read a scan',
    request: { params: z.object({ scan: idParameter('Number of the scan.', 1) }) },
    responses: { 200: json('The scan.', scanSchema), ...problems('not-found') },
  },
  ({ archive }) =>
    async (c) => {
      const id = c.req.valid('param').scan;
      const scan = await archive.findScan(asId(id));
      if (scan === null) return problem(c, 'not-found', `There is no scan ${id}.`);
      const { byId } = await loadSources(archive);
      return c.json(writeScan(scan, { sources: byId, isAdministrator: isAdministrator(c) }), 200);
    },
);
