import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

type Kind = Database['kind'];

/** Numbers as a sub-select, for `in`: one parameter however many they are, so that the statement stays the same. */
export function numberList(kind: Kind, numbers: readonly number[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`(select value from json_each(${JSON.stringify(numbers)}))`
    : sql`(select unnest(${numbers}::bigint[]))`;
}

/** Numbers that are all different, each with another: rows (`key`, `value`) to join with, in the order given. */
export function numberPairs(
  kind: Kind,
  names: readonly [key: string, value: string],
  pairs: readonly (readonly [key: number, value: number])[],
): RawBuilder<unknown> {
  const [key, value] = names.map((name) => sql.ref(name));
  if (kind === 'sqlite') {
    // Members of an object, which SQLite gives as they are: to take apart an array for each row costs it as much as to write one.
    const json = `{${pairs.map(([of, is]) => `"${of}":${is}`).join(',')}}`;
    return sql`(select cast(key as integer) as ${key}, value as ${value} from json_each(${json}))`;
  }
  const [keys, values] = [pairs.map(([of]) => of), pairs.map(([, is]) => is)];
  return sql`(select * from unnest(${keys}::bigint[], ${values}::bigint[]) as listed (${key}, ${value}))`;
}

/** Columns of one length each as a sub-select to join with: as many parameters as columns, however many rows. */
export function columnList(
  kind: Kind,
  columns: Readonly<
    Record<string, { readonly type: 'bigint' | 'text'; readonly values: readonly unknown[] }>
  >,
): RawBuilder<unknown> {
  const entries = Object.entries(columns);
  if (kind === 'sqlite') {
    const rows = (entries[0]?.[1].values ?? []).map((_, row) => entries.map(([, { values }]) => values[row]));
    // As binary JSON, so that a row is not read anew for each of its fields.
    const fields = entries.map(
      ([name], at) => sql`json_extract(value, ${sql.lit(`$[${at}]`)}) as ${sql.ref(name)}`,
    );
    return sql`(select ${sql.join(fields)} from jsonb_each(${JSON.stringify(rows)}))`;
  }
  const names = entries.map(([name]) => sql.ref(name));
  const arrays = entries.map(([, { type, values }]) => sql`${values}::${sql.raw(`${type}[]`)}`);
  return sql`(select * from unnest(${sql.join(arrays)}) as listed (${sql.join(names)}))`;
}

/** Texts as a sub-select with the one column `domain`, which may be empty. */
export function domainList(kind: Kind, domains: readonly string[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`(select value as domain from json_each(${JSON.stringify(domains)}))`
    : sql`(select unnest(${domains}::text[]) as domain)`;
}
