import { z } from '@hono/zod-openapi';
import { asId } from '../../knowledge/ids.ts';
import { isAdministrator } from '../access/require-scope.ts';
import { loadSources } from '../load-sources.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { idParameter, limitParameter, nameParameter } from '../schemas/parameters.ts';
import { scanSchema, writeScan } from '../schemas/source.ts';

export const listScans = defineOperation(
  {
    method: 'get',
    path: '/scans',
    operationId: 'listScans',
    tags: ['Sources'],
    access: 'anybody',
    summary: 'List scans',
    description: 'Newest first.',
    request: {
      query: z.strictObject({
        after: idParameter('The `next` of the page before.', 40).optional(),
        limit: limitParameter(500, 100),
        source: nameParameter('Of this source only.', 'starter').optional(),
      }),
    },
    responses: { 200: json('A page of scans.', pageOf(scanSchema, 'ScanPage')), ...problems('not-found') },
  },
  ({ archive }) =>
    async (c) => {
      const { after, limit, source } = c.req.valid('query');
      const { byId, byName } = await loadSources(archive);
      const ofSource = source === undefined ? undefined : byName.get(source);
      if (source !== undefined && ofSource === undefined) {
        return problem(c, 'not-found', `There is no source “${source}”.`);
      }
      const rows = await archive.listScans({
        limit: limit + 1,
        ...(after !== undefined && { before: asId(after) }),
        ...(ofSource !== undefined && { sourceId: ofSource.id }),
      });
      const page = cutPage(rows, limit, ({ id }) => id);
      const told = { sources: byId, isAdministrator: isAdministrator(c) };
      return c.json({ ...page, items: page.items.map((scan) => writeScan(scan, told)) }, 200);
    },
);
