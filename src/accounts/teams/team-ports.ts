import type { AccountPorts } from '../ports.ts';
import type { TeamStore } from './team.ts';

export type TeamPorts = AccountPorts & { readonly teams: TeamStore };

/** Refused, with a sentence that says why and what to do. */
export type Refused = { readonly kind: 'refused'; readonly sentence: string };
