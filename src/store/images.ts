import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { asId } from '../knowledge/ids.ts';
import {
  type ImageAddress,
  type ImageCopies,
  type ImageCopy,
  type ImageShelf,
  imageTypes,
  type WantedImage,
} from '../knowledge/images/image.ts';
import type { Database } from './database.ts';
import { inStatements } from './insert-rows.ts';
import type { Schema } from './schema.ts';

/** What is known of the images of articles, and the copies of them. */
export function createImageStore({ db }: Pick<Database, 'db'>): ImageShelf & ImageCopies {
  const updateOf = (executor: Kysely<Schema>, { sourceId, kind, address }: WantedImage) =>
    executor
      .updateTable('images')
      .where('source_id', '=', sourceId)
      .where('kind', '=', kind)
      .where('address', '=', address);
  return {
    async listUnreadArticles(limit) {
      const rows = await db
        .selectFrom('articles')
        .leftJoin('image_readings', 'image_readings.article_id', 'articles.id')
        .where((eb) =>
          eb.or([
            eb('image_readings.revision', 'is', null),
            eb('image_readings.revision', '<', eb.ref('articles.revision')),
          ]),
        )
        .select(['articles.id', 'articles.revision'])
        .orderBy('articles.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ articleId: asId(row.id), revision: row.revision }));
    },

    async noteImages({ articleId, revision, sourceId, images, now }) {
      const entries = [...images].map(([src, { kind, address }]) => ({ src, kind, address }));
      await db.transaction().execute(async (tx) => {
        const wanted = { content_hash: null, attempts: 0, next_attempt_at: now, problem: null };
        for (const some of inStatements(distinct(entries))) {
          await tx
            .insertInto('images')
            .values(some.map(({ kind, address }) => ({ source_id: sourceId, kind, address, ...wanted })))
            .onConflict((conflict) =>
              conflict
                .columns(['source_id', 'kind', 'address'])
                .doUpdateSet({ attempts: 0, next_attempt_at: now }),
            )
            .execute();
        }
        for (const some of inStatements(entries)) {
          await tx
            .insertInto('article_images')
            .values(some.map((entry) => ({ article_id: articleId, ...entry })))
            .onConflict((conflict) =>
              conflict.columns(['article_id', 'src']).doUpdateSet((eb) => ({
                kind: eb.ref('excluded.kind'),
                address: eb.ref('excluded.address'),
              })),
            )
            .execute();
        }
        await tx
          .insertInto('image_readings')
          .values({ article_id: articleId, revision })
          .onConflict((conflict) => conflict.column('article_id').doUpdateSet({ revision }))
          .execute();
      });
    },

    async listWanted({ kinds, now, limit }) {
      const rows = await db
        .selectFrom('images')
        .select(['source_id', 'kind', 'address', 'attempts'])
        .where('next_attempt_at', '<=', now)
        .where('kind', 'in', kinds)
        .orderBy('next_attempt_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        sourceId: asId(row.source_id),
        kind: row.kind === 'file' ? 'file' : 'web',
        address: row.address,
        attempts: row.attempts,
      }));
    },

    async keepImage(wanted, { bytes, type, width, height }) {
      const contentHash = hash('sha256', bytes, 'hex');
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto('image_contents')
          .values({ content_hash: contentHash, type, width, height, content: Buffer.from(bytes) })
          .onConflict((conflict) => conflict.column('content_hash').doNothing())
          .execute();
        await updateOf(tx, wanted)
          .set({ content_hash: contentHash, next_attempt_at: null, problem: null })
          .execute();
      });
    },

    async putOff(wanted, because, until) {
      await updateOf(db, wanted)
        .set((eb) => ({ attempts: eb('attempts', '+', 1), next_attempt_at: until, problem: because }))
        .execute();
    },

    async deleteUnusedContents() {
      const { numDeletedRows } = await db
        .deleteFrom('image_contents')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('images')
                .select('address')
                .whereRef('images.content_hash', '=', 'image_contents.content_hash'),
            ),
          ),
        )
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    async listCopies(articleId) {
      const rows = await db
        .selectFrom('article_images as a')
        .innerJoin('articles', 'articles.id', 'a.article_id')
        .innerJoin('images as i', (join) =>
          join
            .onRef('i.source_id', '=', 'articles.source_id')
            .onRef('i.kind', '=', 'a.kind')
            .onRef('i.address', '=', 'a.address'),
        )
        .innerJoin('image_contents as c', 'c.content_hash', 'i.content_hash')
        .where('a.article_id', '=', articleId)
        .select(['a.src', 'c.content_hash', 'c.type', 'c.width', 'c.height'])
        .execute();
      return new Map(
        rows.map((row): [string, ImageCopy] => [
          row.src,
          { hash: row.content_hash, type: readType(row.type), width: row.width, height: row.height },
        ]),
      );
    },

    async loadImage(contentHash) {
      const row = await db
        .selectFrom('image_contents')
        .select(['type', 'content'])
        .where('content_hash', '=', contentHash)
        .executeTakeFirst();
      return row === undefined ? null : { type: readType(row.type), bytes: row.content };
    },
  };
}

function readType(text: string): ImageCopy['type'] {
  const type = imageTypes.find((one) => one === text);
  if (type === undefined) throw new Error(`An image of the type "${text}" was kept.`);
  return type;
}

function distinct<Address extends ImageAddress>(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((one) => [`${one.kind} ${one.address}`, one])).values()];
}
