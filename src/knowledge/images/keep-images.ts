import type { Archive } from '../archive.ts';
import type { Clock } from '../clock.ts';
import { asId, type Instant, type SourceId } from '../ids.ts';
import type { Source } from '../source.ts';
import type { ImageAddress, ImageReading, ImageShelf, ReadImage, WantedImage } from './image.ts';
import { listImages } from './list-images.ts';

export type ImageKeeping = {
  readonly archive: Pick<Archive, 'listArticles' | 'loadRevision' | 'listSources'>;
  readonly shelf: ImageShelf;
  readonly readImage: ReadImage;
  /** Which images the operator wants copies of: those that are files of a source, and also those on the web. */
  readonly kinds: readonly ImageAddress['kind'][];
  readonly clock: Clock;
};

const articlesAtATime = 20;
const imagesAtATime = 10;
const hourMs = 3_600_000;
/** After so many attempts in vain an image is not asked for again until its article changes. */
const maxAttempts = 5;

/**
 * Looks through revisions that came since the last call for images, and makes copies of some that are wanted. Returns
 * how much it did; 0: nothing is left to do now. Can be broken off and repeated at any point.
 */
export async function keepImages(
  keeping: ImageKeeping,
  signal: AbortSignal,
): Promise<{ articles: number; images: number }> {
  const { archive, shelf, kinds, clock } = keeping;
  const sources = new Map((await archive.listSources()).map((source) => [source.id, source]));
  const unread = await shelf.listUnreadArticles(articlesAtATime);
  for (const { articleId, revision } of unread) {
    if (signal.aborted) break;
    await noteImagesOf(keeping, sources, { articleId, revision });
  }
  const wanted = await shelf.listWanted({ kinds, now: clock.now(), limit: imagesAtATime });
  let kept = 0;
  for (const one of wanted) {
    const source = sources.get(one.sourceId);
    if (signal.aborted || source === undefined) break;
    await settle(keeping, one, await keeping.readImage(source, one, signal));
    kept += 1;
  }
  return { articles: unread.length, images: kept };
}

async function noteImagesOf(
  { archive, shelf, clock }: ImageKeeping,
  sources: ReadonlyMap<SourceId, Source>,
  { articleId, revision }: Awaited<ReturnType<ImageShelf['listUnreadArticles']>>[number],
): Promise<void> {
  const [article] = await archive.listArticles([articleId]);
  const source = article && sources.get(article.sourceId);
  const read = await archive.loadRevision(articleId, revision);
  if (!article || !source || !read) return; // went with its source in the meantime
  const images = listImages(article, source.kind, read.published);
  await shelf.noteImages({ articleId, revision, sourceId: source.id, images, now: clock.now() });
}

async function settle(
  { shelf, clock }: ImageKeeping,
  wanted: WantedImage,
  reading: ImageReading,
): Promise<void> {
  if (reading.kind === 'image') return shelf.keepImage(wanted, reading.image);
  const isGivenUp = wanted.attempts + 1 >= maxAttempts;
  const waitMs = hourMs * (reading.kind === 'later' ? 1 : 24) * 2 ** wanted.attempts;
  const until = asId<Instant>(clock.now() + waitMs);
  return shelf.putOff(wanted, reading.because, isGivenUp ? null : until);
}
