import type { ApiContext } from '../api-app.ts';
import type { json } from '../operation.ts';
import { chooseType, type OtherAnswer } from './answer-text.ts';

/** One JSON document a line (https://github.com/ndjson/ndjson-spec). */
const linesMediaType = 'application/x-ndjson';

/** Whether the caller would rather have all of it, one item a line. */
export function wantsLines(c: ApiContext): boolean {
  return chooseType(c, linesMediaType) === linesMediaType;
}

/**
 * Answers with one item a line. The next page is read when the caller has taken the last one, so that a slow caller
 * and a large archive cost no memory. A failure on the way breaks the answer off: it has no last line end.
 */
export function answerLines(c: ApiContext, pages: AsyncIterable<readonly unknown[]>): OtherAnswer {
  const iterator = pages[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value.map((item) => `${JSON.stringify(item)}\n`).join('')));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 1 },
  );
  return c.body(body, 200, { 'content-type': linesMediaType }) as Response as OtherAnswer; // as OtherAnswer says
}

/** A list as JSON, or all of it one item a line. */
export function jsonOrLines<Page, Item>(
  description: string,
  page: Page,
  item: Item,
): ReturnType<typeof json<Page>> {
  const lines = { [linesMediaType]: { schema: item } };
  return { description, content: { 'application/json': { schema: page }, ...lines } };
}
