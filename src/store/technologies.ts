import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { asId, type TechnologyId } from '../knowledge/ids.ts';
import { sortByName, type Technology } from '../knowledge/technology.ts';
import { inChunks } from './insert-rows.ts';
import type { Schema } from './schema.ts';

const originShape = z.enum(['curated', 'seen']);

/** All technologies by name, each with its aliases. */
export async function listTechnologies(db: Kysely<Schema>): Promise<Technology[]> {
  const rows = await db.selectFrom('technologies').selectAll().orderBy('name').execute();
  const names = await db.selectFrom('technology_names').selectAll().orderBy('name').execute();
  return readTechnologies(rows, names);
}

/** The technologies that are there, by id. */
export async function loadTechnologies(
  db: Kysely<Schema>,
  ids: readonly number[],
): Promise<Map<number, Technology>> {
  const found = new Map<number, Technology>();
  for (const some of inChunks([...new Set(ids)], 500)) {
    const rows = await db.selectFrom('technologies').selectAll().where('id', 'in', some).execute();
    const names = await db
      .selectFrom('technology_names')
      .selectAll()
      .where('technology_id', 'in', some)
      .orderBy('name')
      .execute();
    for (const technology of readTechnologies(rows, names)) found.set(technology.id, technology);
  }
  return found;
}

/** Without those that are above another one of the list: "Exchange Online" says "Exchange". By name. */
export function dropAncestors(technologies: readonly Technology[]): Technology[] {
  const parents = new Map(technologies.map(({ id, parentId }) => [id, parentId]));
  const above = new Set<TechnologyId>();
  for (const { parentId } of technologies) {
    for (let id = parentId; id !== null && !above.has(id); id = parents.get(id) ?? null) above.add(id);
  }
  return sortByName(technologies.filter(({ id }) => !above.has(id)));
}

function readTechnologies(
  rows: readonly Selectable<Schema['technologies']>[],
  names: readonly Selectable<Schema['technology_names']>[],
): Technology[] {
  const namesById = Map.groupBy(names, (name) => name.technology_id);
  return rows.map((row) => ({
    id: asId(row.id),
    slug: row.slug,
    name: row.name,
    parentId: row.parent_id === null ? null : asId(row.parent_id),
    aliases: (namesById.get(row.id) ?? []).map(({ name }) => name).filter((name) => name !== row.name),
    description: row.description,
    origin: originShape.parse(row.origin),
  }));
}
