import type { TypedResponse } from 'hono';
import { accepts } from 'hono/accepts';
import type { ApiContext } from '../api-app.ts';

/** An answer beside the JSON one: handlers are typed by that alone, and this goes for any. */
export type OtherAnswer = Response & TypedResponse<never, 200, 'json'>;

/** Which of the types the caller would rather have; JSON unless told otherwise. */
export function chooseType<Type extends string>(
  c: ApiContext,
  ...others: readonly Type[]
): Type | 'application/json' {
  const json = 'application/json';
  const chosen = accepts(c, { header: 'Accept', supports: [json, ...others], default: json });
  return others.find((type) => type === chosen) ?? json;
}

export function answerText(c: ApiContext, type: `text/${string}`, text: string): OtherAnswer {
  // as OtherAnswer says
  return c.body(text, 200, { 'content-type': `${type}; charset=utf-8` }) as Response as OtherAnswer;
}
