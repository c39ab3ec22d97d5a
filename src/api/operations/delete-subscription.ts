import { z } from '@hono/zod-openapi';
import { asId } from '../../knowledge/ids.ts';
import { readCaller } from '../access/require-scope.ts';
import { defineOperation } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { idParameter } from '../schemas/parameters.ts';

export const deleteSubscription = defineOperation(
  {
    method: 'delete',
    path: '/subscriptions/{subscription}',
    operationId: 'deleteSubscription',
    tags: ['Subscriptions'],
    access: 'subscriptions',
    summary: 'Stop following something',
    request: { params: z.object({ subscription: idParameter('Number of the subscription.', 7) }) },
    responses: { 204: { description: 'It is not followed any more.' }, ...problems('not-found') },
  },
  ({ subscriptions }) =>
    async (c) => {
      const id = c.req.valid('param').subscription;
      const wasThere = await subscriptions.unfollow(readCaller(c).account.id, asId(id));
      if (!wasThere) return problem(c, 'not-found', `You have no subscription ${id}. Nothing was changed.`);
      return c.body(null, 204);
    },
);
