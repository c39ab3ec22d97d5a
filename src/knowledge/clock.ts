import type { Instant } from './ids.ts';

/** Tells the time; the domain asks this port only, so that tests and replays choose the instant. */
export type Clock = { now(): Instant };
