import { z } from '@hono/zod-openapi';
import { type Document, sectionKinds } from '../../knowledge/document.ts';

const blockKinds = ['paragraph', 'step', 'bullet', 'code', 'table-row', 'alert', 'image'] as const;

const blockSchema = z
  .object({
    kind: z.enum(blockKinds),
    text: z
      .string()
      .openapi({ description: 'Plain text, never HTML or Markdown. Of an image its alt text.' }),
    depth: z.int().openapi({ description: 'Nesting in lists, 0 outside.' }),
    label: z.string().openapi({
      description: 'Of an alert `note`, `warning` …, of code its language, of a step its number, else empty.',
    }),
    links: z.array(z.object({ text: z.string(), href: z.string() })),
    marks: z
      .array(z.object({ kind: z.enum(['code', 'strong']), text: z.string() }))
      .openapi({ description: 'Pieces of the text that the vendor set in a code font or bold.' }),
  })
  .openapi('Block', { description: 'The smallest unit that is compared and indexed.' });

const sectionSchema = z
  .object({
    kind: z.enum(sectionKinds),
    heading: z.string().openapi({ description: 'Empty for the part before the first heading.' }),
    level: z.int(),
    anchor: z.string(),
    blocks: z.array(blockSchema),
  })
  .openapi('Section');

export const documentSchema = z
  .object({
    title: z.string(),
    description: z.string().nullable(),
    language: z.string().openapi({ example: 'en' }),
    appliesTo: z.array(z.string()).openapi({ description: 'Names of products as the vendor writes them.' }),
    externalIds: z.array(z.string()),
    vendorDate: z.string().nullable(),
    vendorRevision: z.string().nullable(),
    facts: z.record(z.string(), z.string()).openapi({ description: 'Further facts of the vendor’s.' }),
    sections: z.array(sectionSchema),
  })
  .openapi('Document', {
    description: 'What a revision says. It is the vendor’s text: show it as a quotation, never run it.',
  });

export function writeDocument({ warnings: _, ...document }: Document): z.infer<typeof documentSchema> {
  return {
    ...document,
    appliesTo: [...document.appliesTo],
    externalIds: [...document.externalIds],
    sections: document.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => ({
        ...block,
        links: block.links.map((link) => ({ ...link })),
        marks: block.marks.map((mark) => ({ ...mark })),
      })),
    })),
  };
}
