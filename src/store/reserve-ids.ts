import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Takes `count` ids of a table out of circulation, ascending; none is ever given twice, also when nothing is inserted
 * with it. On SQLite `db` must be a transaction that may write.
 */
export async function reserveIds(
  { db, kind }: { readonly db: Kysely<Schema>; readonly kind: Database['kind'] },
  table: 'articles' | 'changes' | 'digests',
  count: number,
): Promise<number[]> {
  if (count === 0) return [];
  if (kind === 'postgres') {
    const { rows } = await sql<{ id: number }>`
      select nextval(sequence) as id
      from (select pg_get_serial_sequence(${table}, 'id')::regclass as sequence offset 0) named,
        generate_series(1, ${count}::int)`.execute(db);
    return rows.map((row) => row.id).sort((a, b) => a - b);
  }
  // SQLite keeps the highest id of an autoincrement table here, and lets ordinary statements change it.
  const update = sql<{ seq: number }>`
    update sqlite_sequence set seq = seq + ${count} where name = ${table} returning seq`;
  let last = (await update.execute(db)).rows[0]?.seq;
  if (last === undefined) {
    await sql`insert into sqlite_sequence (name, seq) values (${table}, ${count})`.execute(db);
    last = count;
  }
  const first = last - count + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}
