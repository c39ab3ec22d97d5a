import { z } from '@hono/zod-openapi';
import { defineOperation, json } from '../operation.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { limitParameter, nameParameter } from '../schemas/parameters.ts';
import { sliceAfter } from '../schemas/slice-after.ts';
import { technologySchema, writeTechnology } from '../schemas/technology.ts';

export const listTechnologies = defineOperation(
  {
    method: 'get',
    path: '/technologies',
    operationId: 'listTechnologies',
    tags: ['Technologies'],
    access: 'anybody',
    summary: 'List technologies',
    description: 'All by slug. With `name` those that the name means or begins, the best match first.',
    request: {
      query: z.strictObject({
        after: nameParameter('The `next` of the page before.', 'exchange-online').optional(),
        limit: limitParameter(500, 100),
        name: z.string().min(1).max(200).optional().openapi({
          description: 'A name, a part of one, or a former one.',
          example: 'Azure AD',
        }),
      }),
    },
    responses: { 200: json('A page of technologies.', pageOf(technologySchema, 'TechnologyPage')) },
  },
  ({ archive, findTechnologies }) =>
    async (c) => {
      const { after, limit, name } = c.req.valid('query');
      const [all, counts] = await Promise.all([
        archive.listTechnologies(),
        archive.countArticlesByTechnology(),
      ]);
      const known = { links: c.get('links'), byId: new Map(all.map((one) => [one.id, one])), counts };
      const rows =
        name === undefined ? sliceAfter(all, after, ({ slug }) => slug) : await findTechnologies(name);
      const page = cutPage(rows, limit, ({ slug }) => slug);
      const items = page.items.map((technology) => writeTechnology(technology, known));
      return c.json({ items, next: name === undefined ? page.next : null }, 200);
    },
);
