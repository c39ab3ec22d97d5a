import { z } from '@hono/zod-openapi';
import { readCaller } from '../access/require-scope.ts';
import { loadSources } from '../load-sources.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { writeChange } from '../schemas/change.ts';
import { localDateParameter, wholeDigestSchema, writeDigest, writeToldFeedback } from '../schemas/digest.ts';

export const readDigest = defineOperation(
  {
    method: 'get',
    path: '/digests/{date}',
    operationId: 'readDigest',
    tags: ['Digests'],
    access: 'read',
    summary: 'Read a digest of yours',
    description: 'With the changes that it told, newest first, and what it told of readers.',
    request: { params: z.object({ date: localDateParameter('Its local date.') }) },
    responses: { 200: json('The digest.', wholeDigestSchema), ...problems('not-found') },
  },
  ({ archive, history }) =>
    async (c) => {
      const { date } = c.req.valid('param');
      const digest = await history.findDigest(readCaller(c).account.id, date);
      if (digest === null) return problem(c, 'not-found', `You got no digest for ${date}.`);
      const names = { links: c.get('links'), sources: (await loadSources(archive)).byId };
      const told = digest.told.map((change) => writeChange(change, names));
      return c.json({ ...writeDigest(digest), told, said: digest.feedback.map(writeToldFeedback) }, 200);
    },
);
