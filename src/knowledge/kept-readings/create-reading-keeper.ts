import type { Archive } from '../archive.ts';
import type { ArticleId, ChangeId } from '../ids.ts';
import { readForPage } from '../reading/page-reading.ts';
import type { ReadingShelf } from './reading-shelf.ts';

const articlesAtATime = 50;

/**
 * Makes the readings that are missing, one article at a time with a pause after each, all of them at the first call and
 * those of what changed at later ones. Any number of processes may do it at once, and it may be broken off at any point.
 */
export function createReadingKeeper(keeping: {
  readonly archive: Pick<Archive, 'listArticles' | 'loadRevision'>;
  readonly shelf: ReadingShelf;
  /** Lets others go first. */
  readonly pause: () => Promise<void>;
}): (signal: AbortSignal) => Promise<{ made: number }> {
  const { archive, shelf, pause } = keeping;
  let doneThrough: ChangeId | null | undefined;

  const makeReading = async (articleId: ArticleId, revision: number): Promise<void> => {
    const [article] = await archive.listArticles([articleId]);
    const read = await archive.loadRevision(articleId, revision);
    if (!article || !read) return; // went with its source in the meantime
    await shelf.keepReading(article, read, readForPage(read, article.key));
  };

  return async (signal) => {
    const through = await shelf.findLogEnd();
    if (through === doneThrough) return { made: 0 };
    let made = 0;
    const problems: unknown[] = [];
    for (let after: ArticleId | null = null, isLast = false; !isLast; ) {
      const unread = await shelf.listUnread({ after, limit: articlesAtATime });
      for (const { articleId, revision } of unread) {
        if (signal.aborted) return { made };
        try {
          await makeReading(articleId, revision);
          made += 1;
        } catch (error) {
          problems.push(error); // a damaged revision does not keep others from being read
        }
        await pause();
      }
      after = unread.at(-1)?.articleId ?? after;
      isLast = unread.length < articlesAtATime;
    }
    if (problems.length > 0) throw problems[0];
    doneThrough = through;
    return { made };
  };
}
