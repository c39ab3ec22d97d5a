import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Article } from '../knowledge/article.ts';
import { asId } from '../knowledge/ids.ts';
import type { Schema } from './schema.ts';

const stateShape = z.enum(['active', 'retired']);
const externalIdsShape = z.array(z.string());

export function readArticle(row: Selectable<Schema['articles']>): Article {
  return {
    id: asId(row.id),
    sourceId: asId(row.source_id),
    key: row.key,
    title: row.title,
    externalIds: externalIdsShape.parse(JSON.parse(row.external_ids)),
    url: row.url,
    state: stateShape.parse(row.state),
    retiredBecause: row.retired_because,
    revision: row.revision,
    createdAt: asId(row.created_at),
    changedAt: asId(row.changed_at),
  };
}
