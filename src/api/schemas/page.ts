import { z } from '@hono/zod-openapi';

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item, name: string) {
  return z
    .object({
      items: z.array(item),
      next: z.string().nullable().openapi({
        description: 'What to send as `after` to get the page behind this one; null: this is the last one.',
        example: '120',
      }),
    })
    .openapi(name);
}

/** Cuts a page of at most `limit` out of rows, of which one more than that was asked for. */
export function cutPage<Row>(rows: readonly Row[], limit: number, cursorOf: (last: Row) => string | number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? String(cursorOf(last)) : null };
}
