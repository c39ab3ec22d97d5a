import type { Kysely } from 'kysely';
import type { NewRow, Schema } from './schema.ts';

/** SQLite takes at most 32,766 values in a statement; small statements are built faster than huge ones. */
const maxValuesPerStatement = 1000;

/** Inserts rows many at a time. `ignoring` passes over those that are there already. */
export async function insertRows<Table extends keyof Schema>(
  db: Kysely<Schema>,
  table: Table,
  rows: readonly NewRow<Table>[],
  options: { readonly ignoring?: 'those that are there' } = {},
): Promise<void> {
  for (const some of inStatements(rows)) {
    const insert = db.insertInto(table).values(some);
    await (options.ignoring ? insert.onConflict((conflict) => conflict.doNothing()) : insert).execute();
  }
}

/**
 * Rows in pieces for multi-row statements. The last few are cut into pieces of 10 and of 1, so that there are only
 * three statements for a table, which need not be prepared each time.
 */
export function* inStatements<T extends object>(rows: readonly T[]): Generator<T[]> {
  const width = Object.keys(rows[0] ?? { none: 0 }).length;
  const full = Math.max(1, Math.floor(maxValuesPerStatement / width));
  let start = 0;
  for (const size of [full, 10, 1]) {
    for (; start + size <= rows.length; start += size) yield rows.slice(start, start + size);
  }
}

/** The list in pieces of at most `size`. */
export function* inChunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
