import type { ArticleId, Instant, SourceId } from '../ids.ts';
import type { Source } from '../source.ts';

export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'] as const;
export type ImageType = (typeof imageTypes)[number];

/** Where an image of an article is: a file of its source, by its path, or on the web, by its URL. */
export type ImageAddress = { readonly kind: 'file' | 'web'; readonly address: string };

/** Our own copy of an image. Width and height are in pixels. */
export type ImageCopy = {
  /** SHA-256 of its bytes, hex: copies that are the same are kept once. */
  readonly hash: string;
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
};

export type Image = Omit<ImageCopy, 'hash'> & { readonly bytes: Uint8Array };

/** What an attempt to read an image comes to; `later`: nothing is known yet, ask again. */
export type ImageReading =
  | { readonly kind: 'image'; readonly image: Image }
  | { readonly kind: 'missing'; readonly because: string }
  | { readonly kind: 'later'; readonly because: string };

export type ReadImage = (
  source: Pick<Source, 'kind' | 'name' | 'url'>,
  from: ImageAddress,
  signal: AbortSignal,
) => Promise<ImageReading>;

/** An image that articles show and of which there is no copy yet. */
export type WantedImage = ImageAddress & { readonly sourceId: SourceId; readonly attempts: number };

/** What is known of the images of articles. */
export type ImageShelf = {
  /** Articles whose newest revision was not looked through for images yet. */
  listUnreadArticles(limit: number): Promise<{ readonly articleId: ArticleId; readonly revision: number }[]>;
  /** Notes what the revision shows; its images are wanted from now on, also those that were read before. */
  noteImages(note: {
    readonly articleId: ArticleId;
    readonly revision: number;
    readonly sourceId: SourceId;
    /** Addresses by how the text names them. */
    readonly images: ReadonlyMap<string, ImageAddress>;
    readonly now: Instant;
  }): Promise<void>;
  /** Wanted images that are due. */
  listWanted(filter: {
    readonly kinds: readonly ImageAddress['kind'][];
    readonly now: Instant;
    readonly limit: number;
  }): Promise<WantedImage[]>;
  keepImage(wanted: WantedImage, image: Image): Promise<void>;
  /** null: never again, unless an article with the image changes. A copy that is there stays. */
  putOff(wanted: WantedImage, because: string, until: Instant | null): Promise<void>;
  /** Deletes copies that no source shows any more, as when one was removed; returns how many. */
  deleteUnusedContents(): Promise<number>;
};

/** What pages ask. */
export type ImageCopies = {
  /** Copies of the images of an article, by how its text names them. */
  listCopies(articleId: ArticleId): Promise<ReadonlyMap<string, ImageCopy>>;
  loadImage(hash: string): Promise<{ readonly type: ImageType; readonly bytes: Uint8Array } | null>;
};
