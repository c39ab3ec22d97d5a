import type { ChangeKind, Significance } from '../../knowledge/change.ts';
import type { AccountId, ArticleId, DigestId, Instant } from '../../knowledge/ids.ts';

/** A named set of subscriptions with members and channels. Its account follows and has digests like a person's. */
export type Team = {
  readonly id: number;
  readonly accountId: AccountId;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: Instant;
};

export type TeamRole = 'owner' | 'member';

export type TeamMember = {
  readonly accountId: AccountId;
  readonly address: string;
  readonly role: TeamRole;
  /** Gets the weekly report by mail. */
  readonly wantsReport: boolean;
  readonly joinedAt: Instant;
};

export type TeamInvitation = {
  readonly id: number;
  readonly address: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

/** What a team did with an entry of a digest. */
export const markStates = ['open', 'seen', 'assigned', 'done', 'not-relevant'] as const;
export type MarkState = (typeof markStates)[number];

/** One word of a member about an entry; earlier ones stay. */
export type Mark = {
  readonly state: MarkState;
  /** Address; null where nobody is, or who it was is gone. */
  readonly assignedTo: string | null;
  readonly by: string | null;
  readonly at: Instant;
};

/** One article in one digest of the team. */
export type BoardEntry = {
  readonly digestId: DigestId;
  readonly articleId: ArticleId;
  /** `YYYY-MM-DD` of the digest. */
  readonly localDate: string;
  readonly title: string;
  readonly kind: ChangeKind;
  readonly significance: Significance;
  /** Oldest first; empty: nobody touched it. */
  readonly marks: readonly Mark[];
};

export type TeamReport = {
  readonly id: number;
  /** Monday, `YYYY-MM-DD`. */
  readonly week: string;
  readonly fromAt: Instant;
  readonly toAt: Instant;
  /** How many entries its digests had; how many were marked so in the week; how many are open at its end. */
  readonly entries: number;
  readonly done: number;
  readonly notRelevant: number;
  readonly stillOpen: number;
};

/** The rows of teams. Whoever asks has been found to be a member by `findTeam` before. */
export type TeamStore = {
  /** null when the slug is taken. */
  insertTeam(team: {
    readonly name: string;
    readonly slug: string;
    readonly owner: { readonly id: AccountId; readonly timeZone: string; readonly digestHour: number };
    readonly unsubscribeSecret: string;
    readonly nextDigestAt: Instant;
    readonly now: Instant;
  }): Promise<Team | null>;
  listTeamsOf(memberId: AccountId): Promise<(Team & { readonly role: TeamRole })[]>;
  /** null when there is no such team or the account is none of its members: the two look alike. */
  findTeam(slug: string, memberId: AccountId): Promise<{ team: Team; role: TeamRole } | null>;
  deleteTeam(id: Team['id']): Promise<void>;
  /** Owners first. */
  listMembers(id: Team['id']): Promise<TeamMember[]>;
  /** The last owner can neither go nor step down. */
  removeMember(id: Team['id'], memberId: AccountId): Promise<'done' | 'last-owner' | 'not-found'>;
  setMemberRole(
    id: Team['id'],
    memberId: AccountId,
    role: TeamRole,
  ): Promise<'done' | 'last-owner' | 'not-found'>;
  setWantsReport(id: Team['id'], memberId: AccountId, wants: boolean): Promise<void>;
  /** An earlier invitation of the address is replaced. */
  insertInvitation(invitation: {
    readonly teamId: Team['id'];
    readonly address: string;
    readonly addressKey: string;
    readonly tokenHash: string;
    readonly invitedBy: AccountId;
    readonly now: Instant;
    readonly expiresAt: Instant;
  }): Promise<void>;
  listInvitations(id: Team['id'], now: Instant): Promise<TeamInvitation[]>;
  deleteInvitation(id: Team['id'], invitationId: number): Promise<boolean>;
  findInvitation(tokenHash: string, now: Instant): Promise<{ team: Team; address: string } | null>;
  /** Makes the account a member and ends the invitation; of two at once one gets the team. */
  acceptInvitation(tokenHash: string, memberId: AccountId, now: Instant): Promise<Team | null>;
  /** Newest digest first. `open`: neither done nor not relevant. */
  listEntries(request: {
    readonly team: Team;
    readonly open: boolean;
    readonly since?: Instant;
    readonly until?: Instant;
    readonly limit: number;
  }): Promise<BoardEntry[]>;
  /** False when the entry is none of the team's, or the assignee none of its members. */
  markEntry(request: {
    readonly team: Team;
    readonly digestId: DigestId;
    readonly articleId: ArticleId;
    readonly state: MarkState;
    readonly assignedTo: AccountId | null;
    readonly by: AccountId;
    readonly now: Instant;
  }): Promise<boolean>;
  /** Teams without a report of the week. */
  listTeamsWithoutReport(week: string): Promise<Team[]>;
  /** Counts and keeps the report of a week; null when it is kept already, or there is nothing to tell. */
  makeReport(request: {
    readonly team: Team;
    readonly week: string;
    readonly fromAt: Instant;
    readonly toAt: Instant;
    readonly now: Instant;
  }): Promise<TeamReport | null>;
  listReports(id: Team['id'], limit: number): Promise<TeamReport[]>;
  /** Those who want a report made since then and were not mailed it; each is given once. */
  claimReportLetters(
    since: Instant,
    now: Instant,
  ): Promise<{ readonly team: Team; readonly report: TeamReport; readonly member: TeamMember }[]>;
  /** Makes the team's account one without a mailbox again. */
  clearMailbox(team: Team): Promise<void>;
};
