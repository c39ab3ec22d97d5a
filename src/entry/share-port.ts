import { getPath } from 'hono/utils/url';

/** What answers requests. */
type Answering = { fetch(request: Request, env?: unknown): Response | Promise<Response> };

/** One server for the site and what is beside it: the first whose paths take the request answers it. */
export function sharePort(
  site: Answering,
  others: readonly { readonly takes: (path: string) => boolean; readonly by: Answering }[],
): Answering {
  return {
    fetch(request, env) {
      const path = getPath(request);
      return (others.find(({ takes }) => takes(path))?.by ?? site).fetch(request, env);
    },
  };
}
