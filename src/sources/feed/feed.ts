/** Text of a feed, cleaned: markup in it is harmless and its addresses are absolute. */
export type FeedText = {
  readonly value: string;
  /** `text/plain`, `text/html` or `application/xhtml+xml`; other media types where the feed embeds something else. */
  readonly type: string;
  readonly language: string | null;
  /** What relative addresses in it were resolved against. */
  readonly base: string;
  /** Where the content is kept when the feed only names it. */
  readonly src: string | null;
};

export type FeedPerson = {
  readonly name: string | null;
  readonly email: string | null;
  readonly url: string | null;
};

export type FeedLink = {
  readonly rel: string;
  readonly type: string | null;
  readonly href: string;
  readonly title: string | null;
  readonly length: string | null;
  readonly hreflang: string | null;
};

export type FeedDate = {
  /** As the feed writes it. */
  readonly text: string;
  /** Milliseconds since 1970 in UTC; null when no known shape fits. */
  readonly atMs: number | null;
};

export type FeedCategory = {
  readonly term: string;
  readonly scheme: string | null;
  readonly label: string | null;
};

/** What feeds and entries have in common. */
export type FeedItem = {
  readonly id: string | null;
  readonly title: FeedText | null;
  readonly summary: FeedText | null;
  readonly link: string | null;
  readonly links: readonly FeedLink[];
  readonly language: string | null;
  readonly rights: FeedText | null;
  readonly published: FeedDate | null;
  readonly updated: FeedDate | null;
  readonly created: FeedDate | null;
  readonly expired: FeedDate | null;
  readonly authors: readonly FeedPerson[];
  readonly contributors: readonly FeedPerson[];
  readonly publisher: FeedPerson | null;
  readonly categories: readonly FeedCategory[];
};

export type FeedEntry = FeedItem & {
  readonly contents: readonly FeedText[];
  readonly comments: string | null;
};

export type Feed = FeedItem & {
  /** `rss`, `rdf`, `atom`, `cdf` or `json`. */
  readonly dialect: FeedDialect;
  readonly info: FeedText | null;
  readonly entries: readonly FeedEntry[];
};

export type FeedDialect = 'rss' | 'rdf' | 'atom03' | 'atom10' | 'cdf' | 'json';
