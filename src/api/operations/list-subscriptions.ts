import { z } from '@hono/zod-openapi';
import { readCaller } from '../access/require-scope.ts';
import { loadFollowable } from '../load-followable.ts';
import { defineOperation, json } from '../operation.ts';
import { cutPage, pageOf } from '../schemas/page.ts';
import { idParameter, limitParameter } from '../schemas/parameters.ts';
import { subscriptionSchema, writeSubscription } from '../schemas/subscription.ts';

export const listSubscriptions = defineOperation(
  {
    method: 'get',
    path: '/subscriptions',
    operationId: 'listSubscriptions',
    tags: ['Subscriptions'],
    access: 'read',
    summary: 'List your subscriptions',
    description: 'In the order in which they were made.',
    request: {
      query: z.strictObject({
        after: idParameter('The `next` of the page before.', 7).optional(),
        limit: limitParameter(500, 100),
      }),
    },
    responses: { 200: json('A page of subscriptions.', pageOf(subscriptionSchema, 'SubscriptionPage')) },
  },
  ({ archive, subscriptions }) =>
    async (c) => {
      const { after = 0, limit } = c.req.valid('query');
      const [own, { known }] = await Promise.all([
        subscriptions.listSubscriptions(readCaller(c).account.id),
        loadFollowable(archive),
      ]);
      const rest = own.filter(({ id }) => id > after);
      const page = cutPage(rest, limit, ({ id }) => id);
      return c.json({ ...page, items: page.items.map((one) => writeSubscription(one, known)) }, 200);
    },
);
