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
  const read = () => db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  const known = await read();
  if (known) return known.value;
  await db
    .insertInto('settings')
    .values({ name, value: make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { value } = (await read()) ?? {};
  if (value === undefined) throw new Error(`The secret "${name}" vanished while it was being made.`);
  return value;
}
