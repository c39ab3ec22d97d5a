import type { Transaction } from 'kysely';
import type { NewTechnology } from '../knowledge/scanning/technology-placing.ts';
import { normaliseTechnologyName } from '../knowledge/technologies/normalise-technology-name.ts';
import { insertRows } from './insert-rows.ts';
import type { Schema } from './schema.ts';

/** Adds technologies (parents first) and gives the ids of all, old and new, by slug. */
export async function recordTechnologies(
  tx: Transaction<Schema>,
  added: readonly NewTechnology[],
): Promise<Map<string, number>> {
  const rows = await tx.selectFrom('technologies').select(['id', 'slug']).execute();
  const ids = new Map(rows.map((row) => [row.slug, row.id]));
  for (const { slug, name, parentSlug, aliases, description, origin } of added) {
    if (ids.has(slug)) continue;
    const row = await tx
      .insertInto('technologies')
      .values({ slug, name, parent_id: ids.get(parentSlug ?? '') ?? null, description, origin })
      .returning('id')
      .executeTakeFirstOrThrow();
    ids.set(slug, row.id);
    const names = [name, ...aliases].map((each) => ({
      normal_name: normaliseTechnologyName(each),
      name: each,
      technology_id: row.id,
    }));
    await insertRows(tx, 'technology_names', names, { ignoring: 'those that are there' });
  }
  return ids;
}

/** Throws when the technology is neither kept nor new. */
export function idOf(ids: ReadonlyMap<string, number>, slug: string): number {
  const id = ids.get(slug);
  if (id === undefined) throw new RangeError(`There is no technology "${slug}".`);
  return id;
}
