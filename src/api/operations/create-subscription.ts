import { z } from '@hono/zod-openapi';
import { defaultThreshold } from '../../alerts/subscription.ts';
import { readCaller } from '../access/require-scope.ts';
import { loadFollowable } from '../load-followable.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import {
  followedSchema,
  subscriptionSchema,
  thresholdSchema,
  writeSubscription,
} from '../schemas/subscription.ts';

export const createSubscription = defineOperation(
  {
    method: 'post',
    path: '/subscriptions',
    operationId: 'createSubscription',
    tags: ['Subscriptions'],
    access: 'subscriptions',
    summary: 'Follow something',
    description: 'What is followed already stays as it is, and is answered with status 200.',
    request: {
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z
              .strictObject({
                followed: followedSchema,
                threshold: thresholdSchema.default(defaultThreshold),
              })
              .openapi('NewSubscription'),
          },
        },
      },
    },
    responses: {
      200: json('It was followed before.', subscriptionSchema),
      201: json('It is followed from now on.', subscriptionSchema),
      ...problems('not-found', 'conflict'),
    },
  },
  ({ archive, subscriptions, clock }) =>
    async (c) => {
      const { followed: named, threshold } = c.req.valid('json');
      const { known, resolve } = await loadFollowable(archive);
      const followed = resolve(named);
      const missing = 'What should be followed does not exist. Nothing was changed.';
      if (followed === null) return problem(c, 'not-found', missing);
      const accountId = readCaller(c).account.id;
      const outcome = await subscriptions.follow({ accountId, followed, threshold, now: clock.now() });
      switch (outcome.kind) {
        case 'not-found':
          return problem(c, 'not-found', missing);
        case 'too-many': {
          const detail = `The account follows ${outcome.limit} things, which is the most. Nothing was changed.`;
          return problem(c, 'conflict', detail);
        }
        case 'already-followed':
          return c.json(writeSubscription(outcome.subscription, known), 200);
        case 'followed':
          c.header('location', `${c.get('links').api}/subscriptions/${outcome.subscription.id}`);
          return c.json(writeSubscription(outcome.subscription, known), 201);
      }
    },
);
