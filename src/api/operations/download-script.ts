import { z } from '@hono/zod-openapi';
import { defineOperation } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { nameParameter } from '../schemas/parameters.ts';

export const downloadScript = defineOperation(
  {
    method: 'get',
    path: '/remedies/{remedy}/scripts/{script}',
    operationId: 'downloadScript',
    tags: ['Remedies'],
    access: 'anybody',
    summary: 'Download a script',
    description: 'The bytes that its checksum and signature are of. Read a script before you run it.',
    request: {
      params: z.object({
        remedy: nameParameter('Id of the remedy.', 'windows-update-store'),
        script: z
          .string()
          .regex(/^[a-z0-9-]{1,120}\.(ps1|cmd|sh)$/, 'a name that the remedy lists')
          .openapi({ description: 'Name of the script.', example: 'windows-update-store-default.ps1' }),
      }),
    },
    responses: {
      200: {
        description: 'The script.',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problems('not-found'),
    },
  },
  ({ remedies }) =>
    async (c) => {
      const { remedy, script: name } = c.req.valid('param');
      const offered = await remedies.findRemedy(remedy);
      const script = offered?.scripts.find((one) => one.name === name);
      if (script === undefined) {
        return problem(c, 'not-found', `There is no script “${name}” of a remedy “${remedy}”.`);
      }
      return c.body(new Uint8Array(script.bytes), 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${script.name}"`,
      });
    },
);
