import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Numbers that no statement has: each stands for a value while a query is compiled. */
const standIns: readonly unknown[] = [-1.0625e15, -2.0625e15, -3.0625e15];

/**
 * A query that is built and compiled once for a database and then asked with other values: for those that every page
 * asks, since building one takes longer than SQLite takes to answer it. `build` may look at no value.
 */
export function rememberQuery<Values extends readonly number[], Row>(
  build: (db: Kysely<Schema>, ...values: Values) => Compilable<Row>,
): (db: Kysely<Schema>, ...values: Values) => Promise<Row[]> {
  const known = new WeakMap<Kysely<Schema>, CompiledQuery<Row>>();
  return async (db, ...values) => {
    let query = known.get(db);
    if (query === undefined) {
      // As many numbers as there are values.
      query = build(db, ...(standIns.slice(0, values.length) as unknown as Values)).compile();
      known.set(db, query);
    }
    const parameters = query.parameters.map((parameter) => {
      const at = standIns.indexOf(parameter);
      return at < 0 ? parameter : values[at];
    });
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
