import { z } from '@hono/zod-openapi';
import { asId, type SubscriptionId } from '../../knowledge/ids.ts';
import { readCaller } from '../access/require-scope.ts';
import { loadFollowable } from '../load-followable.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { idParameter } from '../schemas/parameters.ts';
import { subscriptionSchema, thresholdSchema, writeSubscription } from '../schemas/subscription.ts';

export const changeSubscription = defineOperation(
  {
    method: 'patch',
    path: '/subscriptions/{subscription}',
    operationId: 'changeSubscription',
    tags: ['Subscriptions'],
    access: 'subscriptions',
    summary: 'Change from what on a subscription tells you',
    request: {
      params: z.object({ subscription: idParameter('Number of the subscription.', 7) }),
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.strictObject({ threshold: thresholdSchema }).openapi('SubscriptionChange'),
          },
        },
      },
    },
    responses: { 200: json('As it is now.', subscriptionSchema), ...problems('not-found') },
  },
  ({ archive, subscriptions }) =>
    async (c) => {
      const id = asId<SubscriptionId>(c.req.valid('param').subscription);
      const accountId = readCaller(c).account.id;
      await subscriptions.setThreshold(accountId, id, c.req.valid('json').threshold);
      const own = await subscriptions.findSubscription(accountId, id);
      if (own === null) return problem(c, 'not-found', `You have no subscription ${id}.`);
      const { known } = await loadFollowable(archive);
      return c.json(writeSubscription(own, known), 200);
    },
);
