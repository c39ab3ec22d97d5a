import type { Hook } from '@hono/zod-openapi';
import type { ApiEnv } from './api-app.ts';
import { type ProblemBody, problem } from './problem.ts';

const places = { param: 'path', query: 'query', header: 'header', json: 'body' } as const;

/** Answers a request that does not fit its schema with all that is wrong with it. */
export const refuseInvalid: Hook<unknown, ApiEnv, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const place = places[result.target as keyof typeof places]; // forms and cookies are taken nowhere
  const errors: NonNullable<ProblemBody['errors']> = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          in: place,
          name: [...issue.path, key].join('.'),
          message: 'is not known here',
        }))
      : [{ in: place, name: issue.path.join('.'), message: issue.message }],
  );
  return problem(c, 'bad-request', 'Nothing was done. See errors.', { errors });
};
