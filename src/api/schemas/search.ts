import { z } from '@hono/zod-openapi';
import type { Article } from '../../knowledge/article.ts';
import type { Source } from '../../knowledge/source.ts';
import type { SearchHit, SnippetPart } from '../../search/search-answer.ts';
import type { ApiLinks } from '../links.ts';
import { articleSchema, writeArticle } from './article.ts';

const partSchema = z
  .object({ text: z.string(), isMarked: z.boolean() })
  .openapi('SnippetPart', { description: 'A run of text; marked where it is what was asked for.' });

const hitSchema = z
  .object({
    article: articleSchema,
    title: z.array(partSchema),
    snippet: z.array(partSchema).openapi({ description: 'The passage that shows why it was found.' }),
    missing: z.array(z.string()).openapi({ description: 'Words of the query that the article lacks.' }),
  })
  .openapi('SearchHit');

export const searchAnswerSchema = z
  .object({
    total: z.int().openapi({ description: 'How many articles were found.' }),
    items: z.array(hitSchema).openapi({ description: 'What was found, best first.' }),
    near: z
      .array(hitSchema)
      .openapi({ description: 'Not found, but near; only once all that was found has been shown.' }),
    didYouMean: z.string().nullable(),
    notUnderstood: z
      .array(z.string())
      .openapi({ description: 'Parts of the query that were read as words, a sentence each.' }),
    next: z.string().nullable().openapi({ description: 'What to send as `after` for the next page.' }),
  })
  .openapi('SearchAnswer');

/** Hits with their articles, without those whose article is gone by now. */
export function writeHits(
  hits: readonly SearchHit[],
  articles: ReadonlyMap<number, Article>,
  names: { readonly links: ApiLinks; readonly sources: ReadonlyMap<number, Source> },
): z.infer<typeof hitSchema>[] {
  return hits.flatMap((hit) => {
    const article = articles.get(hit.articleId);
    if (article === undefined) return [];
    return {
      article: writeArticle(article, names),
      title: hit.title.map(writePart),
      snippet: hit.snippet.map(writePart),
      missing: [...hit.missing],
    };
  });
}

function writePart({ text, isMarked }: SnippetPart) {
  return { text, isMarked };
}
