import type { z } from '@hono/zod-openapi';
import type { Followed } from '../alerts/subscription.ts';
import type { Archive } from '../knowledge/archive.ts';
import { asId } from '../knowledge/ids.ts';
import { loadSources } from './load-sources.ts';
import type { followedSchema } from './schemas/subscription.ts';

/** What can be followed by name, both ways. */
export async function loadFollowable(archive: Pick<Archive, 'listSources' | 'listTechnologies'>) {
  const [sources, all] = await Promise.all([loadSources(archive), archive.listTechnologies()]);
  const bySlug = new Map(all.map((technology) => [technology.slug, technology.id]));
  return {
    known: { sources: sources.byId, technologies: new Map(all.map((one) => [one.id, one])) },
    /** null: there is nothing of that name. */
    resolve(named: z.infer<typeof followedSchema>): Followed | null {
      switch (named.kind) {
        case 'technology': {
          const technologyId = bySlug.get(named.technology);
          return technologyId === undefined ? null : { kind: 'technology', technologyId };
        }
        case 'source': {
          const source = sources.byName.get(named.source);
          return source === undefined ? null : { kind: 'source', sourceId: source.id };
        }
        case 'article':
          return { kind: 'article', articleId: asId(named.article) };
        case 'search':
          return named;
      }
    },
  };
}
