import { z } from '@hono/zod-openapi';
import { defineOperation, json } from '../operation.ts';

export const readRemedyKey = defineOperation(
  {
    method: 'get',
    path: '/remedy-key',
    operationId: 'readRemedyKey',
    tags: ['Remedies'],
    access: 'anybody',
    summary: 'Read the public key of scripts',
    description: 'Ed25519 (RFC 8032), with which the signatures of scripts are checked.',
    responses: {
      200: json(
        'The key.',
        z
          .object({ pem: z.string().openapi({ description: 'SubjectPublicKeyInfo in PEM.' }) })
          .openapi('RemedyKey'),
      ),
    },
  },
  ({ remedies }) =>
    async (c) =>
      c.json({ pem: await remedies.readPublicKey() }, 200),
);
