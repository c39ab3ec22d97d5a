import { z } from '@hono/zod-openapi';
import type { Technology } from '../../knowledge/technology.ts';
import type { ApiLinks } from '../links.ts';

export const technologySchema = z
  .object({
    slug: z.string().openapi({ example: 'exchange-online' }),
    name: z.string().openapi({ example: 'Exchange Online' }),
    parent: z.string().nullable().openapi({ description: 'Slug of the one above it.', example: 'exchange' }),
    aliases: z.array(z.string()).openapi({ description: 'Other and former names.' }),
    description: z.string(),
    articles: z.int().openapi({ description: 'Active articles about it and what is below it.', example: 41 }),
    link: z.url(),
  })
  .openapi('Technology');

export function writeTechnology(
  technology: Technology,
  known: {
    readonly links: ApiLinks;
    readonly byId: ReadonlyMap<number, Technology>;
    readonly counts: ReadonlyMap<number, number>;
  },
): z.infer<typeof technologySchema> {
  const { slug, name, parentId, aliases, description } = technology;
  return {
    slug,
    name,
    parent: parentId === null ? null : (known.byId.get(parentId)?.slug ?? null),
    aliases: [...aliases],
    description,
    articles: known.counts.get(technology.id) ?? 0,
    link: known.links.technology(slug),
  };
}
