import { z } from '@hono/zod-openapi';
import { asId } from '../../knowledge/ids.ts';
import { readCaller } from '../access/require-scope.ts';
import { loadFollowable } from '../load-followable.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { idParameter } from '../schemas/parameters.ts';
import { subscriptionSchema, writeSubscription } from '../schemas/subscription.ts';

export const readSubscription = defineOperation(
  {
    method: 'get',
    path: '/subscriptions/{subscription}',
    operationId: 'readSubscription',
    tags: ['Subscriptions'],
    access: 'read',
    summary: 'Read a subscription of yours',
    request: { params: z.object({ subscription: idParameter('Number of the subscription.', 7) }) },
    responses: { 200: json('The subscription.', subscriptionSchema), ...problems('not-found') },
  },
  ({ archive, subscriptions }) =>
    async (c) => {
      const id = c.req.valid('param').subscription;
      const own = await subscriptions.findSubscription(readCaller(c).account.id, asId(id));
      if (own === null) return problem(c, 'not-found', `You have no subscription ${id}.`);
      const { known } = await loadFollowable(archive);
      return c.json(writeSubscription(own, known), 200);
    },
);
