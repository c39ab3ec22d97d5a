import type { DatabaseLocation } from '../../src/store/database.ts';

/** How a worker goes about it. All but `right` are wrong, and the checker has to notice. */
export const policies = ['right', 'cursor-on-read', 'never-resend', 'new-message-id'] as const;
export type Policy = (typeof policies)[number];
export const wrongPolicies = policies.filter((policy) => policy !== 'right');

/** What the campaign tells its workers: one JSON argument. */
export type WorkerSettings = {
  readonly location: DatabaseLocation;
  readonly smtpPort: number;
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
