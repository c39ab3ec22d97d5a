import type { DatabaseLocation } from '../../src/store/database.ts';

/** How a worker goes about it. All but `right` are wrong, and the checker has to notice. */
export const policies = ['right', 'cursor-on-read', 'never-resend', 'new-message-id', 'new-bytes'] as const;
export type Policy = (typeof policies)[number];
export type WrongPolicy = Exclude<Policy, 'right'>;
/** By what the digests of a campaign go. */
export const ways = ['mail', 'webhook'] as const;
export type Way = (typeof ways)[number];
/** What each has to be shown to be noticed of: planning is the same for both. */
export const wrongPolicies = {
  mail: ['cursor-on-read', 'never-resend', 'new-message-id'],
  webhook: ['never-resend', 'new-message-id', 'new-bytes'],
} as const satisfies Readonly<Record<Way, readonly WrongPolicy[]>>;

/** What the campaign tells its workers: one JSON argument. */
export type WorkerSettings = {
  readonly location: DatabaseLocation;
  readonly way: Way;
  /** Of the sink that digests go to. */
  readonly sinkPort: number;
  readonly clock: CampaignClock;
  readonly policy: Policy;
  /** Chance that the worker kills itself at each of its kill points, besides being killed from outside. */
  readonly deathChance: number;
};

/** Simulated time that runs faster than the real one, the same in all processes. */
export type CampaignClock = {
  readonly realStart: number;
  readonly simulatedStart: number;
  /** Simulated milliseconds in a real one. */
  readonly speed: number;
};

export function simulatedNow({ realStart, simulatedStart, speed }: CampaignClock): number {
  return Math.round(simulatedStart + (Date.now() - realStart) * speed);
}

/** Long enough in real time that a busy machine keeps it, short enough that a killed worker's letters go on soon. */
export const leaseRealMs = 3000;
