import type { AuditEntry, AuditRecorder } from '../accounts/audit.ts';
import type { SiteContext } from './site-app.ts';
import { readVisitor } from './visitor.ts';

/** Records in the audit trail what who is signed in has just done. */
export function recordByVisitor(
  audit: AuditRecorder,
  c: SiteContext,
  entry: Omit<AuditEntry, 'actor'>,
): Promise<void> {
  return audit.recordAudit({ ...entry, actor: { kind: 'account', id: readVisitor(c).account.id } });
}
