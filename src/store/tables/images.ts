/** Our own copies of the images that articles show. */
export type ImagesTables = {
  image_contents: ImageContentsTable;
  images: ImagesTable;
  article_images: ArticleImagesTable;
  image_readings: ImageReadingsTable;
};

type ImageContentsTable = {
  /** SHA-256 of the content, hex. */
  content_hash: string;
  type: string;
  width: number;
  height: number;
  content: Uint8Array;
};

type ImagesTable = {
  source_id: number;
  /** `file`: a path within the source; `web`: a URL. */
  kind: string;
  address: string;
  /** The copy; null: there is none (yet). */
  content_hash: string | null;
  attempts: number;
  /** When it is to be read (again); null: not any more. */
  next_attempt_at: number | null;
  problem: string | null;
};

/** How the text of an article names its images, of all its revisions since images are kept. */
type ArticleImagesTable = { article_id: number; src: string; kind: string; address: string };

/** Up to which revision an article was looked through for images. */
type ImageReadingsTable = { article_id: number; revision: number };
