import { z } from '@hono/zod-openapi';
import type { Revision } from '../../knowledge/article.ts';
import type { DocumentDifference } from '../../knowledge/difference/document-difference.ts';
import type { ApiLinks } from '../links.ts';

const pieceSchema = z
  .object({ state: z.enum(['same', 'removed', 'added']), text: z.string() })
  .openapi('Piece', {
    description:
      'A run of text. The same and removed ones are the text before, the same and added ones after.',
  });
const state = z.enum(['same', 'changed', 'removed', 'added']);

const blockDifferenceSchema = z
  .object({
    state,
    kind: z.string().openapi({ description: 'Of the block, such as `step`.', example: 'step' }),
    pieces: z.array(pieceSchema),
    links: z.array(
      z.object({ text: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
    movedFromOrTo: z
      .string()
      .nullable()
      .openapi({ description: 'Of a moved block the section on the other side.' }),
  })
  .openapi('BlockDifference');

const sectionDifferenceSchema = z
  .object({
    state,
    isMoved: z.boolean(),
    anchor: z.string(),
    heading: z.array(pieceSchema),
    blocks: z.array(blockDifferenceSchema),
  })
  .openapi('SectionDifference');

export const differenceSchema = z
  .object({
    article: z.int(),
    from: z.int(),
    to: z.int(),
    link: z.url().openapi({ description: 'Permanent link to the page that shows it.' }),
    facts: z
      .array(z.object({ name: z.string(), before: z.array(z.string()), after: z.array(z.string()) }))
      .openapi({ description: 'What the vendor says of the article beside its text.' }),
    sections: z.array(sectionDifferenceSchema).openapi({ description: 'Unchanged ones too.' }),
  })
  .openapi('Difference', { description: 'How one revision became another.' });

export function writeDifference(
  difference: DocumentDifference,
  { before, after, links }: { readonly before: Revision; readonly after: Revision; readonly links: ApiLinks },
): z.infer<typeof differenceSchema> {
  return {
    article: after.articleId,
    from: before.number,
    to: after.number,
    link: links.difference(after.articleId, before.number, after.number),
    facts: difference.facts.map((fact) => ({
      name: fact.name,
      before: [...fact.before],
      after: [...fact.after],
    })),
    sections: difference.sections.map((section) => ({
      state: section.state,
      isMoved: section.isMoved,
      anchor: (section.after ?? section.before)?.section.anchor ?? '',
      heading: [...section.heading],
      blocks: section.blocks.map((block) => ({
        state: block.state,
        kind: (block.after ?? block.before)?.kind ?? 'paragraph',
        pieces: [...block.pieces],
        links: [...block.links],
        movedFromOrTo: block.moved?.anchor ?? null,
      })),
    })),
  };
}
