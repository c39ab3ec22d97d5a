import { z } from 'zod';
import { formatDocument } from '../../../knowledge/reading/format-document.ts';
import { findRevision } from '../../find-revision.ts';
import { loadSources } from '../../load-sources.ts';
import { quoteLine, quoteVendor } from '../quote-vendor.ts';
import { articleNumber, defineTool, NothingToTell } from '../tool.ts';

const maxLength = 60_000;

export const readArticleTool = defineTool(
  {
    name: 'read_article',
    title: 'Read an article',
    description:
      'The text of an article as Markdown, of its newest revision or an older one, with its permanent link, technologies and remedies.',
    input: {
      article: articleNumber,
      revision: z.int().min(1).optional().describe('Number of an older revision'),
    },
  },
  ({ archive, remedies, links }) =>
    async ({ article: id, revision: number }) => {
      const found = await findRevision(archive, { article: id, number });
      if (found.kind === 'missing') throw new NothingToTell(found.sentence);
      const { article, revision } = found;
      const [technologies, sources] = await Promise.all([
        archive.listTechnologiesOfArticle(article.id),
        loadSources(archive),
      ]);
      const source = sources.byId.get(article.sourceId);
      const offered =
        source === undefined ? [] : await remedies.listRemediesOf({ source: source.name, key: article.key });
      const link = links.revision(article.id, revision.number);
      const text = `# ${article.title}\n\n${formatDocument(revision.document)}`;
      const cut = text.length > maxLength ? `${text.slice(0, maxLength)}\n\n(The rest is at ${link}.)` : text;
      return [
        `Article ${article.id}: ${quoteLine(article.title)}`,
        `Permanent link: ${link}`,
        `Revision ${revision.number} of ${article.revision}, captured ${new Date(revision.capturedAt).toISOString()}${article.state === 'retired' ? '; the vendor retired the article' : ''}`,
        `Technologies: ${technologies.map(({ name }) => name).join(', ') || 'none'}`,
        ...offered.map(({ remedy }) => `Remedy: ${remedy.id}, ${links.remedy(remedy.id)}`),
        '',
        quoteVendor(cut, { link: article.url ?? link, attribution: source?.attribution ?? '' }),
      ].join('\n');
    },
);
