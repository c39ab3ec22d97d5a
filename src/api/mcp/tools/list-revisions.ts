import { asId } from '../../../knowledge/ids.ts';
import { quoteLine } from '../quote-vendor.ts';
import { articleNumber, defineTool, NothingToTell } from '../tool.ts';

const maxShown = 50;

export const listRevisionsTool = defineTool(
  {
    name: 'list_revisions',
    title: 'List the revisions of an article',
    description: 'When an article changed, how much each change matters and why, newest first.',
    input: { article: articleNumber },
  },
  ({ archive, links }) =>
    async ({ article }) => {
      const id = asId<Parameters<typeof archive.listRevisions>[0]>(article);
      const [revisions, changes] = await Promise.all([
        archive.listRevisions(id),
        archive.listChangesOfArticle(id, 500),
      ]);
      if (revisions.length === 0) throw new NothingToTell(`There is no article ${article}.`);
      return revisions
        .slice(0, maxShown)
        .map((revision) => {
          const own = changes.filter((change) => change.toRevision === revision.number);
          const why = own.map(({ kind, significance, reasons }) =>
            [kind, kind === 'revised' ? significance : '', ...reasons.map((reason) => reason.sentence)]
              .filter(Boolean)
              .join(', '),
          );
          const captured = new Date(revision.capturedAt).toISOString();
          return `- Revision ${revision.number}, captured ${captured}: ${quoteLine(why.join('; ') || 'no change was recorded')}\n  ${links.revision(id, revision.number)}`;
        })
        .join('\n');
    },
);
