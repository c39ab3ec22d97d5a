import { z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import type { ApiContext } from './api-app.ts';

/** Every way in which a request can fail. `advice` is what the reference says of it. */
export const problemKinds = {
  'bad-request': {
    status: 400,
    title: 'The request is not what this operation takes',
    advice: 'Each entry of `errors` names a parameter or field, and says what it should be.',
  },
  'no-token': {
    status: 401,
    title: 'This needs a token',
    advice: 'Make one under Account, Tokens, and send it as `Authorization: Bearer kba_…`.',
  },
  'bad-token': {
    status: 401,
    title: 'The token does not work',
    advice: 'It is mistyped, expired or revoked. Make another one under Account, Tokens.',
  },
  'not-allowed': {
    status: 403,
    title: 'The token may not do this',
    advice: 'The token lacks the scope, or its account the role, that the operation names.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing',
    advice: 'It never was, is gone, or belongs to another account.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    advice: 'The header `Allow` lists those that it takes.',
  },
  conflict: {
    status: 409,
    title: 'This does not go with how things are now',
    advice: 'Read the thing again; the detail says what is in the way.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    advice: 'No body may have more than 64 kB.',
  },
  'not-json': {
    status: 415,
    title: 'The body is no JSON',
    advice: 'Send it with `Content-Type: application/json`.',
  },
  'key-reused': {
    status: 422,
    title: 'The idempotency key was used for another request',
    advice: 'Use a new key for each thing that you want done, and the same one only to repeat it.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as many seconds as `Retry-After` says. With a token the limits are higher.',
  },
  'went-wrong': {
    status: 500,
    title: 'Something went wrong here',
    advice: 'It is not your fault. Tell whoever runs this installation the `reference`.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready yet',
    advice: 'The program was just started. Try again after `Retry-After` seconds.',
  },
} as const;

export type ProblemKind = keyof typeof problemKinds;
type StatusOf<Kind extends ProblemKind> = (typeof problemKinds)[Kind]['status'];

const problemSchema = z
  .object({
    type: z.url().openapi({ description: 'Names the kind of problem, and leads to its description.' }),
    title: z.string().openapi({ description: 'The same for all problems of the kind.' }),
    status: z.int().openapi({ description: 'The HTTP status.' }),
    detail: z.string().openapi({ description: 'What happened this time, and what was kept.' }),
    errors: z
      .array(
        z.object({
          in: z.enum(['path', 'query', 'header', 'body']),
          name: z.string().openapi({ description: 'Of the parameter or field, such as `followed.kind`.' }),
          message: z.string(),
        }),
      )
      .optional()
      .openapi({ description: 'What is wrong with the request, each fault on its own.' }),
    reference: z
      .string()
      .optional()
      .openapi({ description: 'Under which the fault is noted, for whoever runs this installation.' }),
  })
  .openapi('Problem', {
    description: 'What went wrong (RFC 9457).',
    example: {
      type: 'https://kb.example.org/api/v1/reference#problem-not-found',
      title: problemKinds['not-found'].title,
      status: 404,
      detail: 'There is no article 12.',
    },
  });

export type ProblemBody = z.infer<typeof problemSchema>;

const problemMediaType = 'application/problem+json';

/** Answers with a problem (RFC 9457). */
export function problem<Kind extends ProblemKind>(
  c: ApiContext,
  kind: Kind,
  detail: string,
  more: Pick<ProblemBody, 'errors' | 'reference'> = {},
): Response & TypedResponse<ProblemBody, StatusOf<Kind>, 'json'> {
  const { status, title } = problemKinds[kind];
  const body: ProblemBody = { type: c.get('links').problem(kind), title, status, detail, ...more };
  const headers = { 'Content-Type': problemMediaType, 'Cache-Control': 'no-store' };
  return c.json(body, status, headers) as ReturnType<typeof problem<Kind>>; // the status is the kind's own
}

type ProblemResponse = {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof problemSchema } };
};

/** The problems that an operation answers with, as its description lists them. */
export function problems<Kind extends ProblemKind>(
  ...kinds: readonly Kind[]
): Record<StatusOf<Kind>, ProblemResponse> {
  const entries = kinds.map((kind) => [
    problemKinds[kind].status,
    {
      description: `${problemKinds[kind].title}.`,
      content: { [problemMediaType]: { schema: problemSchema } },
    },
  ]);
  return Object.fromEntries(entries) as Record<StatusOf<Kind>, ProblemResponse>; // one entry a kind
}
