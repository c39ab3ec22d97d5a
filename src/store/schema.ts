import type { Insertable, Selectable } from 'kysely';
import type { AccountsTables } from './tables/accounts.ts';
import type { AlertsTables } from './tables/alerts.ts';
import type { ApiTables } from './tables/api.ts';
import type { AuditTables } from './tables/audit.ts';
import type { ChannelsTables } from './tables/channels.ts';
import type { CommunityTables } from './tables/community.ts';
import type { DeliveryTables } from './tables/delivery.ts';
import type { ImagesTables } from './tables/images.ts';
import type { KnowledgeTables } from './tables/knowledge.ts';
import type { OperationTables } from './tables/operation.ts';
import type { RemediesTables } from './tables/remedies.ts';
import type { SignInTables } from './tables/sign-in.ts';
import type { SourcesTables } from './tables/sources.ts';
import type { TeamsTables } from './tables/teams.ts';

/**
 * The tables, the same on both databases. Instants are milliseconds (integer), booleans 0 or 1,
 * structured values JSON text, ids integers from the database. Column names are snake_case as in SQL.
 */
export type Schema = SourcesTables &
  KnowledgeTables &
  AccountsTables &
  AlertsTables &
  ApiTables &
  DeliveryTables &
  ChannelsTables &
  OperationTables &
  RemediesTables &
  SignInTables &
  ImagesTables &
  AuditTables &
  TeamsTables &
  CommunityTables;

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>;
