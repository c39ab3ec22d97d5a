import type { Database } from './database.ts';

/**
 * The secret of that name, the same for all processes of this database: made at the first use by `make`. Of two
 * processes at once the first one's counts.
 */
export async function loadSharedSecret(
  { db }: Pick<Database, 'db'>,
  name: string,
  make: () => string,
): Promise<string> {
  const known = await findSharedSecret({ db }, name);
  if (known !== null) return known;
  await db
    .insertInto('settings')
    .values({ name, value: make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const value = await findSharedSecret({ db }, name);
  if (value === null) throw new Error(`The secret "${name}" vanished while it was being made.`);
  return value;
}

/** null: it was not made yet. */
export async function findSharedSecret({ db }: Pick<Database, 'db'>, name: string): Promise<string | null> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}
