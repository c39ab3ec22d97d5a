import { z } from '@hono/zod-openapi';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { nameParameter } from '../schemas/parameters.ts';
import { technologySchema, writeTechnology } from '../schemas/technology.ts';

export const readTechnology = defineOperation(
  {
    method: 'get',
    path: '/technologies/{technology}',
    operationId: 'readTechnology',
    tags: ['Technologies'],
    access: 'anybody',
    summary: 'Read a technology',
    request: { params: z.object({ technology: nameParameter('Slug of the technology.', 'windows') }) },
    responses: { 200: json('The technology.', technologySchema), ...problems('not-found') },
  },
  ({ archive }) =>
    async (c) => {
      const wanted = c.req.valid('param').technology;
      const [all, counts] = await Promise.all([
        archive.listTechnologies(),
        archive.countArticlesByTechnology(),
      ]);
      const technology = all.find(({ slug }) => slug === wanted);
      if (technology === undefined) return problem(c, 'not-found', `There is no technology “${wanted}”.`);
      const known = { links: c.get('links'), byId: new Map(all.map((one) => [one.id, one])), counts };
      return c.json(writeTechnology(technology, known), 200);
    },
);
