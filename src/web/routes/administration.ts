import type { AccountId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { changeRole, showAccounts } from '../pages/admin-accounts.ts';
import { showAudit } from '../pages/admin-audit.ts';
import {
  acceptScan,
  actOnSource,
  removeSource,
  saveSource,
  showNewSource,
} from '../pages/admin-change-source.ts';
import { liftSuppression, resumeDomain, showDeliveries } from '../pages/admin-deliveries.ts';
import { showScan, showScans } from '../pages/admin-scans.ts';
import { showSource, showSources } from '../pages/admin-sources.ts';
import { showOutbox, showOutboxMessage } from '../pages/outbox.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { requireFresh, requireRole } from '../visitor.ts';

/** What only administrators reach. */
export function routeAdministration(site: SiteApp, ports: SitePorts): void {
  const administrators = requireRole('administrator', (c) => notFoundPage(c));
  site.use('/admin/*', administrators);
  site.use('/outbox/*', administrators);
  site.get('/admin', (c) => c.redirect(paths.sources));
  site.get('/admin/sources', showSources(ports));
  site.get('/admin/sources/new', showNewSource(ports));
  site.post('/admin/sources/new', saveSource(ports));
  site.get('/admin/sources/:name', showSource(ports));
  site.post('/admin/sources/:name', saveSource(ports));
  site.post(
    '/admin/sources/:name/scan',
    actOnSource(ports, (sources, name, by) => sources.startScan(name, by), 'scan-started'),
  );
  for (const [verb, state] of [
    ['pause', 'paused'],
    ['resume', 'active'],
  ] as const) {
    const act = (sources: SitePorts['sources'], name: string, by: AccountId) =>
      sources.changeSource(name, { state }, by);
    site.post(`/admin/sources/:name/${verb}`, actOnSource(ports, act, `source-${state}`));
  }
  site.post('/admin/sources/:name/remove', removeSource(ports));
  site.get('/admin/scans', showScans(ports));
  site.get('/admin/scans/:id{[0-9]+}', showScan(ports));
  site.post('/admin/scans/:id{[0-9]+}/accept', acceptScan(ports));
  site.get('/admin/deliveries', showDeliveries(ports));
  site.post('/admin/deliveries/suppressions', liftSuppression(ports));
  site.post('/admin/deliveries/domains', resumeDomain(ports));
  site.get('/admin/accounts', showAccounts(ports));
  site.post('/admin/accounts/role', requireFresh(paths.accounts), changeRole(ports));
  site.get(paths.audit, showAudit(ports));
  site.get('/outbox', showOutbox(ports));
  site.get('/outbox/:id', showOutboxMessage(ports));
}
