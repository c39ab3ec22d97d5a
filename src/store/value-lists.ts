import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

type Kind = Database['kind'];

/** Numbers as a sub-select, for `in`: one parameter however many they are, so that the statement stays the same. */
export function numberList(kind: Kind, numbers: readonly number[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`(select value from json_each(${JSON.stringify(numbers)}))`
    : sql`(select unnest(${numbers}::bigint[]))`;
}

/** Rows as a sub-select to join with. Columns are those of the first row; all values are text or whole numbers. */
export function rowList(
  kind: Kind,
  rows: readonly Readonly<Record<string, string | number>>[],
): RawBuilder<unknown> {
  const columns = Object.entries(rows[0] ?? {});
  const json = JSON.stringify(rows);
  if (kind === 'sqlite') {
    const fields = columns.map(([name]) => sql`json_extract(value, ${`$.${name}`}) as ${sql.ref(name)}`);
    return sql`(select ${sql.join(fields)} from json_each(${json}))`;
  }
  const fields = columns.map(
    ([name, value]) => sql`${sql.ref(name)} ${sql.raw(typeof value === 'number' ? 'bigint' : 'text')}`,
  );
  return sql`(select * from jsonb_to_recordset(${json}::jsonb) as listed (${sql.join(fields)}))`;
}

/** Texts as a sub-select with the one column `domain`, which may be empty. */
export function domainList(kind: Kind, domains: readonly string[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`(select value as domain from json_each(${JSON.stringify(domains)}))`
    : sql`(select unnest(${domains}::text[]) as domain)`;
}
