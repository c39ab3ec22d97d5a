import { type Kysely, sql } from 'kysely';
import { type FilterKnowledge, lessonOf, type TextClass } from '../community/spam-filter.ts';
import { inChunks } from './insert-rows.ts';
import type { Schema } from './schema.ts';

/** What the filter learned, as far as these features need it. */
export async function loadFilterKnowledge(
  db: Kysely<Schema>,
  features: readonly string[],
): Promise<FilterKnowledge> {
  const totals = await db.selectFrom('filter_totals').selectAll().execute();
  const total = (name: string) => {
    const row = totals.find((one) => one.name === name);
    return { good: row?.good ?? 0, unwanted: row?.unwanted ?? 0 };
  };
  const { vocabulary } = await db
    .selectFrom('filter_words')
    .select((eb) => eb.fn.countAll<number>().as('vocabulary'))
    .executeTakeFirstOrThrow();
  const counts = new Map<string, { good: number; unwanted: number }>();
  for (const some of inChunks(features, 400)) {
    const rows = await db.selectFrom('filter_words').selectAll().where('word', 'in', some).execute();
    for (const { word, good, unwanted } of rows) counts.set(word, { good, unwanted });
  }
  return { texts: total('texts'), words: total('words'), vocabulary: Number(vocabulary), counts };
}

/** Adds a lesson to what the filter knows, or takes one back (`times` -1). */
export async function teachFilter(
  tx: Kysely<Schema>,
  text: string,
  textClass: TextClass,
  times: 1 | -1 = 1,
): Promise<void> {
  const lesson = lessonOf(text, textClass, times);
  // In the order of the words, so that two lessons at once do not wait for each other.
  const rows = lesson.features.sort().map((word) => ({ word, ...lesson.each }));
  for (const some of inChunks(rows, 300)) {
    await tx
      .insertInto('filter_words')
      .values(some)
      .onConflict((conflict) =>
        conflict.column('word').doUpdateSet((eb) => ({
          good: eb('filter_words.good', '+', eb.ref('excluded.good')),
          unwanted: eb('filter_words.unwanted', '+', eb.ref('excluded.unwanted')),
        })),
      )
      .execute();
  }
  for (const [name, { good, unwanted }] of [
    ['texts', lesson.texts],
    ['words', lesson.words],
  ] as const) {
    await sql`update filter_totals set good = good + ${good}, unwanted = unwanted + ${unwanted}
      where name = ${name}`.execute(tx);
  }
}
