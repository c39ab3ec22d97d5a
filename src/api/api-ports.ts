import type { Archive } from '../knowledge/archive.ts';
import type { Clock } from '../knowledge/clock.ts';
import type { Technology } from '../knowledge/technology.ts';
import type { RemedyLibrary } from '../remedies/remedy-library.ts';
import type { Search } from '../search/search-answer.ts';

/** Everything that the API needs from outside; `entry` composes it. */
export type ApiPorts = {
  readonly settings: ApiSettings;
  readonly clock: Clock;
  readonly log: ApiLog;
  readonly archive: Archive;
  /** null while the index is being built. */
  findSearch(): Search | null;
  /** Names and aliases as people write them → technologies; the best match first. */
  findTechnologies(name: string): Promise<Technology[]>;
  readonly remedies: RemedyLibrary;
};

export type ApiSettings = {
  /** Where readers reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** Of the program, such as `1.4.0`. */
  readonly version: string;
  /** Path of the style sheet that the reference page links to. */
  readonly stylesHref: string;
};

/** Where the API notes what it could not do; the caller sees the reference. */
export type ApiLog = {
  error(problem: { readonly reference: string; readonly path: string; readonly error: unknown }): void;
};
