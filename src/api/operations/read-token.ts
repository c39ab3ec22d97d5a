import { z } from '@hono/zod-openapi';
import { roles } from '../../accounts/account.ts';
import { apiScopes } from '../../accounts/api-tokens/api-token.ts';
import { defineOperation, json } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { instantSchema, isoInstant } from '../schemas/parameters.ts';

export const readToken = defineOperation(
  {
    method: 'get',
    path: '/token',
    operationId: 'readToken',
    tags: ['Token'],
    access: 'anybody',
    summary: 'Read what your token may do',
    responses: {
      200: json(
        'The token that the request was made with.',
        z
          .object({
            name: z.string(),
            scopes: z.array(z.enum(apiScopes)),
            expiresAt: instantSchema,
            account: z.object({ address: z.string(), role: z.enum(roles), timeZone: z.string() }),
          })
          .openapi('Token'),
      ),
      ...problems('no-token'),
    },
  },
  () => async (c) => {
    const caller = c.get('caller');
    if (caller.kind !== 'token') return problem(c, 'no-token', 'The request was made without one.');
    const { token, account } = caller;
    return c.json(
      {
        name: token.name,
        scopes: [...token.scopes],
        expiresAt: isoInstant(token.expiresAt),
        account: { address: account.address, role: account.role, timeZone: account.timeZone },
      },
      200,
    );
  },
);
