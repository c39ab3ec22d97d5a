import { z } from '@hono/zod-openapi';
import { formatDocument } from '../../knowledge/reading/format-document.ts';
import { findRevision } from '../find-revision.ts';
import { loadSources } from '../load-sources.ts';
import { defineOperation, jsonOrText } from '../operation.ts';
import { problem, problems } from '../problem.ts';
import { wholeArticleSchema, writeWholeArticle } from '../schemas/article.ts';
import { idParameter } from '../schemas/parameters.ts';
import { answerText, chooseType } from '../serving/answer-text.ts';

export const readArticle = defineOperation(
  {
    method: 'get',
    path: '/articles/{article}',
    operationId: 'readArticle',
    tags: ['Articles'],
    access: 'anybody',
    summary: 'Read an article',
    description:
      'With what its newest revision says, section by section. `Accept: text/markdown` brings the text alone.',
    request: { params: z.object({ article: idParameter('Number of the article.', 12) }) },
    responses: {
      200: jsonOrText('The article.', wholeArticleSchema, 'text/markdown'),
      ...problems('not-found'),
    },
  },
  ({ archive }) =>
    async (c) => {
      const found = await findRevision(archive, c.req.valid('param'));
      if (found.kind === 'missing') return problem(c, 'not-found', found.sentence);
      const { article, revision } = found;
      if (chooseType(c, 'text/markdown') === 'text/markdown') {
        const text = `# ${article.title}\n\n${formatDocument(revision.document)}\n`;
        return answerText(c, 'text/markdown', text);
      }
      const [technologies, sources] = await Promise.all([
        archive.listTechnologiesOfArticle(article.id),
        loadSources(archive),
      ]);
      const names = { links: c.get('links'), sources: sources.byId };
      return c.json(writeWholeArticle(article, revision, technologies, names), 200);
    },
);
