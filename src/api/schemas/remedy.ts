import { z } from '@hono/zod-openapi';
import { remedySchema } from '../../remedies/remedy.ts';
import type { OfferedRemedy } from '../../remedies/remedy-library.ts';
import type { ApiLinks } from '../links.ts';

const remedyShape = {
  id: z.string().openapi({ example: 'windows-update-store' }),
  title: z.string(),
  summary: z.string(),
  link: z.url().openapi({ description: 'Permanent link to the page that shows it.' }),
  article: z
    .object({ source: z.string(), key: z.string(), revision: z.int() })
    .openapi({ description: 'The article that it fixes, and the revision for which it was reviewed.' }),
  platforms: z.array(z.enum(['windows', 'linux'])),
};

export const remedyNameSchema = z.object(remedyShape).openapi('Remedy', {
  description: 'A runnable fix of an article.',
});

const scriptSchema = z
  .object({
    name: z.string().openapi({ example: 'windows-update-store-default.ps1' }),
    language: z.enum(['ps1', 'cmd', 'sh']),
    mode: z.enum(['default', 'aggressive']),
    sha256: z.string().openapi({ description: 'Of its bytes, hexadecimal.' }),
    signature: z.string().openapi({ description: 'Ed25519 over its bytes, base64.' }),
    link: z.url().openapi({ description: 'Where its bytes are.' }),
  })
  .openapi('Script');

export const wholeRemedySchema = z
  .object({
    ...remedyShape,
    // Made anew: schemas that were made before this library came know nothing of it.
    document: z.strictObject(remedySchema.shape).openapi('RemedyDocument'),
    scripts: z.array(scriptSchema),
  })
  .openapi('WholeRemedy');

export function writeRemedy({ remedy }: OfferedRemedy, links: ApiLinks): z.infer<typeof remedyNameSchema> {
  const { id, title, summary, article, platforms } = remedy;
  return {
    id,
    title,
    summary,
    link: links.remedy(id),
    article: { ...article },
    platforms: [...platforms],
  };
}

export function writeWholeRemedy(offered: OfferedRemedy, links: ApiLinks): z.infer<typeof wholeRemedySchema> {
  return {
    ...writeRemedy(offered, links),
    document: offered.remedy,
    scripts: offered.scripts.map(({ name, language, mode, sha256, signature }) => ({
      name,
      language,
      mode,
      sha256,
      signature,
      link: `${links.api}/remedies/${offered.remedy.id}/scripts/${name}`,
    })),
  };
}
