import type { Selectable } from 'kysely';
import { z } from 'zod';
import { asId, type Instant, type SourceId } from '../knowledge/ids.ts';
import { type Source, sourceKinds } from '../knowledge/source.ts';
import type { Database } from './database.ts';
import { rememberQuery } from './remember-query.ts';
import type { Schema } from './schema.ts';

export type NewSource = Omit<Source, 'id' | 'state' | 'createdAt'> & { readonly createdAt: Instant };

/** The sources that are watched. Names are those of `Source.name`. */
export type SourceStore = {
  /** `name-taken`: there is a source of that name; nothing was changed. */
  add(source: NewSource): Promise<{ kind: 'added'; source: Source } | { kind: 'name-taken' }>;
  /** By name. */
  list(): Promise<Source[]>;
  find(name: string): Promise<Source | null>;
  findById(id: SourceId): Promise<Source | null>;
  /** Changes what an administrator may change; null: there is none of that name. */
  update(name: string, change: SourceUpdate): Promise<Source | null>;
  /** With its articles, revisions, changes and scans. False: there is none of that name. */
  remove(name: string): Promise<boolean>;
  /** Proof of the last snapshot that was applied; null before the first one. */
  readCursor(id: SourceId): Promise<string | null>;
};

export type SourceUpdate = Partial<
  Pick<Source, 'title' | 'url' | 'settings' | 'schedule' | 'licence' | 'attribution' | 'state'>
>;

const selectSources = rememberQuery((db) => db.selectFrom('sources').selectAll().orderBy('name'));

export function createSourceStore({ db }: Pick<Database, 'db'>): SourceStore {
  const select = db.selectFrom('sources').selectAll();
  const readOne = async (query: {
    executeTakeFirst(): Promise<Selectable<Schema['sources']> | undefined>;
  }) => {
    const row = await query.executeTakeFirst();
    return row === undefined ? null : readSource(row);
  };
  return {
    async add(source) {
      const { name, title, kind, url, schedule, licence, attribution, createdAt } = source;
      const added = await readOne(
        db
          .insertInto('sources')
          .values({
            name,
            title,
            kind,
            url,
            settings: JSON.stringify(source.settings),
            schedule,
            licence,
            attribution,
            state: 'active',
            cursor: null,
            created_at: createdAt,
          })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .returningAll(),
      );
      return added ? { kind: 'added', source: added } : { kind: 'name-taken' };
    },
    list: async () => (await selectSources(db)).map(readSource),
    find: (name) => readOne(select.where('name', '=', name)),
    findById: (id) => readOne(select.where('id', '=', id)),
    async update(name, { settings, ...change }) {
      const set = settings === undefined ? change : { ...change, settings: JSON.stringify(settings) };
      if (Object.keys(set).length === 0) return readOne(select.where('name', '=', name));
      return readOne(db.updateTable('sources').set(set).where('name', '=', name).returningAll());
    },
    async remove(name) {
      const removed = await db.deleteFrom('sources').where('name', '=', name).executeTakeFirst();
      return removed.numDeletedRows === 1n;
    },
    async readCursor(id) {
      const row = await db.selectFrom('sources').select('cursor').where('id', '=', id).executeTakeFirst();
      return row?.cursor ?? null;
    },
  };
}

const kindShape = z.enum(sourceKinds);
const stateShape = z.enum(['active', 'paused']);
const settingsShape = z.record(z.string(), z.unknown());

export function readSource(row: Selectable<Schema['sources']>): Source {
  const { name, title, url, schedule, licence, attribution } = row;
  return {
    id: asId(row.id),
    name,
    title,
    kind: kindShape.parse(row.kind),
    url,
    settings: settingsShape.parse(JSON.parse(row.settings)),
    schedule,
    licence,
    attribution,
    state: stateShape.parse(row.state),
    createdAt: asId(row.created_at),
  };
}
