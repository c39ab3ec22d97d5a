import type { AuditEntry, AuditRecorder } from '../accounts/audit.ts';
import type { SiteContext } from './site-app.ts';
import { readVisitor } from './visitor.ts';

/** Acts for who is signed in; if it comes to something, `entry` is in the audit trail with it, in one transaction. */
export function recordByVisitor(
  audit: AuditRecorder,
  c: SiteContext,
  act: () => Promise<boolean>,
  entry: Omit<AuditEntry, 'actor'>,
): Promise<boolean> {
  const actor = { kind: 'account', id: readVisitor(c).account.id } as const;
  return audit.recordAct(act, (isDone) => (isDone ? { ...entry, actor } : null));
}
