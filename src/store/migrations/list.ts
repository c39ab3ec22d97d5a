import type { Migration } from '../migrate.ts';
import { firstSchema } from './0001-first-schema.ts';
import { sourceSchedules } from './0002-source-schedules.ts';
import { rateLimitsTable } from './0003-rate-limits.ts';
import { ledgerTriggers } from './0004-ledger-triggers.ts';
import { fetchMemoryTables } from './0005-fetch-memory.ts';
import { alertTopics } from './0006-alert-topics.ts';
import { remedyReports } from './0020-remedies.ts';
import { planningAtScale } from './0021-planning-at-scale.ts';
import { returnedMail } from './0024-returned-mail.ts';
import { personalFeedSecrets } from './0027-personal-feeds.ts';
import { channelsOfAccounts } from './0028-channels.ts';
import { feedbackTables } from './0030-feedback.ts';
import { technologyCorrections } from './0031-technology-corrections.ts';
import { signInMethods } from './0033-sign-in-methods.ts';
import { auditTrail } from './0034-audit-trail.ts';
import { teams } from './0035-teams.ts';
import { apiTokens } from './0036-api-tokens.ts';
import { idempotentRequests } from './0037-idempotent-requests.ts';
import { changesByRecording } from './0038-changes-by-recording.ts';
import { troubles } from './0039-troubles.ts';
import { images } from './0042-images.ts';
import { feedbackInDigests } from './0043-feedback-in-digests.ts';
import { sealedSecrets } from './0044-sealed-secrets.ts';
import { lastAdministrator } from './0046-last-administrator.ts';
import { sessionLifetime } from './0047-session-lifetime.ts';
import { technologyRules } from './0048-technology-rules.ts';
import { pageReadings } from './0051-page-readings.ts';
import { planningCheaper } from './0052-planning-cheaper.ts';

/** All steps in order. Append only: a step that was released never changes. */
export const migrations: readonly Migration[] = [
  firstSchema,
  sourceSchedules,
  rateLimitsTable,
  ledgerTriggers,
  fetchMemoryTables,
  alertTopics,
  remedyReports,
  planningAtScale,
  returnedMail,
  personalFeedSecrets,
  channelsOfAccounts,
  feedbackTables,
  technologyCorrections,
  signInMethods,
  auditTrail,
  teams,
  apiTokens,
  idempotentRequests,
  changesByRecording,
  troubles,
  images,
  feedbackInDigests,
  sealedSecrets,
  lastAdministrator,
  sessionLifetime,
  technologyRules,
  pageReadings,
  planningCheaper,
];
