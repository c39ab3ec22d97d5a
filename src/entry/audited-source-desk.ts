import type { AuditEntry, AuditRecorder } from '../accounts/audit.ts';
import type { SourceDesk } from '../cli/workplace.ts';

/** The source desk of the command line: what it changes is in the audit trail. */
export function auditSourceDesk(desk: SourceDesk, audit: AuditRecorder): SourceDesk {
  const record = (
    action: AuditEntry['action'],
    subject: AuditEntry['subject'],
    detail: AuditEntry['detail'] = {},
  ) => audit.recordAudit({ actor: { kind: 'operator' }, action, subject, detail });
  return {
    ...desk,
    async add(draft) {
      const source = await desk.add(draft);
      await record('source.added', `source:${source.name}`, { kind: source.kind, url: source.url });
      return source;
    },
    async remove(name) {
      const removed = await desk.remove(name);
      await record('source.removed', `source:${name}`, { articles: removed.articles });
      return removed;
    },
    async setState(name, state) {
      await desk.setState(name, state);
      await record('source.changed', `source:${name}`, { state });
    },
    async accept(scanId) {
      const scan = await desk.accept(scanId);
      await record('scan.accepted', `scan:${scanId}`);
      return scan;
    },
  };
}
