import { z } from 'zod';
import { compareDocuments } from '../../../knowledge/difference/compare-documents.ts';
import { formatPlainDifference } from '../../../knowledge/difference/format-plain-difference.ts';
import { findRevision } from '../../find-revision.ts';
import { quoteVendor } from '../quote-vendor.ts';
import { articleNumber, defineTool, NothingToTell } from '../tool.ts';

export const compareRevisionsTool = defineTool(
  {
    name: 'compare_revisions',
    title: 'Compare two revisions',
    description:
      'What differs between two revisions of an article, the last two unless told otherwise. [-gone-] and {+new+} mark words, - and + whole blocks, ~ moved ones.',
    input: {
      article: articleNumber,
      from: z.int().min(1).optional(),
      to: z.int().min(1).optional(),
    },
  },
  ({ archive, links }) =>
    async ({ article, from, to }) => {
      const latter = await findRevision(archive, { article, number: to });
      if (latter.kind === 'missing') throw new NothingToTell(latter.sentence);
      const after = latter.revision;
      const former = await findRevision(archive, { article, number: from ?? Math.max(1, after.number - 1) });
      if (former.kind === 'missing') throw new NothingToTell(former.sentence);
      const before = former.revision;
      const difference = compareDocuments(before.document, after.document);
      const link = links.difference(latter.article.id, before.number, after.number);
      const text = formatPlainDifference(difference) || 'Nothing that a reader can see.';
      return [
        `Article ${article}, revision ${before.number} to ${after.number}`,
        `Permanent link: ${link}`,
        '',
        quoteVendor(text, { link, attribution: '' }),
      ].join('\n');
    },
);
