import type { Kysely } from 'kysely';
import type { NewRow, Schema } from './schema.ts';

/** SQLite takes at most 32,766 values in a statement; small statements are parsed faster than huge ones. */
const maxValuesPerStatement = 1500;

/** Inserts rows by the hundred. `ignoring` passes over those that are there already. */
export async function insertRows<Table extends keyof Schema>(
  db: Kysely<Schema>,
  table: Table,
  rows: readonly NewRow<Table>[],
  options: { readonly ignoring?: 'those that are there' } = {},
): Promise<void> {
  for (const some of inChunks(rows, rowsPerStatement(rows))) {
    const insert = db.insertInto(table).values(some);
    await (options.ignoring ? insert.onConflict((conflict) => conflict.doNothing()) : insert).execute();
  }
}

/** How many rows of this width go into a statement. */
export function rowsPerStatement(rows: readonly object[]): number {
  return Math.max(1, Math.floor(maxValuesPerStatement / Object.keys(rows[0] ?? { none: 0 }).length));
}

/** The list in pieces of at most `size`. */
export function* inChunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
