import { z } from 'zod';
import { defineTool } from '../tool.ts';

export const listRemediesTool = defineTool(
  {
    name: 'list_remedies',
    title: 'List remedies',
    description: 'The runnable fixes that there are, with the articles that they belong to.',
    input: { platform: z.enum(['windows', 'linux']).optional() },
  },
  ({ archive, remedies, links }) =>
    async ({ platform }) => {
      const offered = (await remedies.listRemedies()).filter(
        ({ remedy }) => platform === undefined || remedy.platforms.includes(platform),
      );
      if (offered.length === 0) return 'There is no remedy.';
      const lines = await Promise.all(
        offered.map(async ({ remedy }) => {
          const [article] = await archive.findArticlesByName(remedy.article.key);
          const of = article === undefined ? '' : ` for ${links.article(article.id)}`;
          return `- ${remedy.id} (${remedy.platforms.join(', ')}): ${remedy.title}\n  ${remedy.summary}\n  ${links.remedy(remedy.id)}${of}`;
        }),
      );
      return lines.join('\n');
    },
);
