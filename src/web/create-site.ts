import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { paths } from './links.ts';
import { showAccount } from './pages/account.ts';
import { showAccountSettings } from './pages/account-settings.ts';
import { changeRole, showAccounts } from './pages/admin-accounts.ts';
import {
  acceptScan,
  actOnSource,
  removeSource,
  saveSource,
  showNewSource,
} from './pages/admin-change-source.ts';
import { liftSuppression, showDeliveries } from './pages/admin-deliveries.ts';
import { showScan, showScans } from './pages/admin-scans.ts';
import { showSource, showSources } from './pages/admin-sources.ts';
import { showAdvancedSearch } from './pages/advanced-search.ts';
import { showArticle } from './pages/article.ts';
import {
  changeAddress,
  deleteAccount,
  exportAccount,
  pause,
  requestAddressChange,
  resume,
  sendDigestNow,
  setDigestTime,
  setPassword,
  showAddressChange,
  signOutOthers,
} from './pages/change-account.ts';
import { showChanges } from './pages/changes.ts';
import { downloadPatch, downloadPlainDifference, showDifference } from './pages/difference.ts';
import { makeFirstAdministrator, showFirstAdministrator } from './pages/first-administrator.ts';
import { follow } from './pages/follow.ts';
import { showHelp } from './pages/help.ts';
import { showHome } from './pages/home.ts';
import { describeSearch } from './pages/opensearch.ts';
import { showOutbox, showOutboxMessage } from './pages/outbox.ts';
import { showPastDigest } from './pages/past-digest.ts';
import { prove, showProof } from './pages/prove-address.ts';
import { showRemedy } from './pages/remedy.ts';
import { downloadRemedyFile, downloadRemedyKey } from './pages/remedy-files.ts';
import { reportRemedy } from './pages/remedy-report.ts';
import { showSearch, suggest } from './pages/search.ts';
import { showSignIn, signIn, signOut } from './pages/sign-in.ts';
import { showSignUp, signUp } from './pages/sign-up.ts';
import { showStatus } from './pages/status.ts';
import { setThreshold, unfollow } from './pages/subscriptions.ts';
import { exportSubscriptions, importSubscriptions } from './pages/subscriptions-csv.ts';
import { showTechnologies } from './pages/technologies.ts';
import { showTechnology } from './pages/technology.ts';
import { showUnsubscribe, unsubscribe } from './pages/unsubscribe.ts';
import { choose, showWelcome } from './pages/welcome.ts';
import { showPreview } from './pages/welcome-preview.ts';
import { notFoundPage, problemPage } from './parts/problem-page.ts';
import { listSecurityHeaders, securityHeaders } from './security/headers.ts';
import { createRateLimiter } from './security/rate-limiter.ts';
import { refuseForeignRequests } from './security/same-origin.ts';
import { createSessionCookie, type SessionCookie } from './security/session-cookie.ts';
import { answerAsset } from './serving/answer-asset.ts';
import { createPageCache } from './serving/page-cache.ts';
import { rememberTechnologies } from './serving/remember-technologies.ts';
import { servePages } from './serving/serve-pages.ts';
import type { SiteApp, SiteEnv } from './site-app.ts';
import type { SitePorts } from './site-ports.ts';
import { requireRole, requireVisitor } from './visitor.ts';

/** How old the tree of technologies and its counts may be. */
const treeAgeMs = 2_000;

/** The site on its ports. `fetch` of the result answers a request; tests call `request`. */
export function createSite(given: SitePorts): SiteApp {
  const ports = {
    ...given,
    archive: rememberTechnologies(given.archive, Math.min(treeAgeMs, given.settings.pageCacheMs)),
  };
  const { accounts, settings } = ports;
  const site: SiteApp = new Hono<SiteEnv>();
  const cookie = createSessionCookie(accounts, settings.publicUrl);
  const limitRate = createRateLimiter(ports.rateLimits, ports.clock);
  const cache = createPageCache({
    readVersion: async () => (await ports.archive.listChanges({ limit: 1 }))[0]?.id ?? 0,
    maxAgeMs: settings.pageCacheMs,
    nowMs: () => performance.now(),
  });

  site.use(
    servePages({ cache, hasCookie: cookie.hasCookie, headers: listSecurityHeaders(settings.publicUrl) }),
  );
  site.use(securityHeaders(settings.publicUrl));
  site.get('/assets/:name', answerAsset);
  site.get('/healthz', (c) => c.text('ok\n'));
  site.use(refuseForeignRequests(settings.publicUrl, (path) => path.startsWith('/u/')));
  site.use(cookie.recognise);

  site.get('/', showHome(ports));
  site.get('/a/:id', showArticle(ports));
  site.get('/a/:id/r/:number{[0-9]+}', showArticle(ports));
  site.get('/a/:id/diff', showDifference(ports));
  site.get('/a/:id/diff.txt', downloadPlainDifference(ports));
  site.get('/a/:id/diff.patch', downloadPatch(ports));
  site.get(paths.remedyKey, downloadRemedyKey(ports));
  site.get('/remedies/:id', showRemedy(ports));
  site.get('/remedies/:id/:file', downloadRemedyFile(ports));
  site.post('/remedies/:id/report', reportRemedy(ports));
  site.get('/changes', showChanges(ports));
  site.get('/search', showSearch(ports, limitRate));
  site.get('/search/suggest', suggest(ports, limitRate));
  site.get('/search/advanced', showAdvancedSearch(ports));
  site.get('/opensearch.xml', describeSearch(settings.publicUrl));
  site.get('/status', showStatus(ports));
  site.get('/help', showHelp);
  site.get('/technologies', showTechnologies(ports));
  site.get('/technologies/:slug', showTechnology(ports));

  site.get('/sign-up', showSignUp);
  site.post('/sign-up', signUp(ports, limitRate));
  site.get('/confirm/:token', showProof(ports, 'confirm'));
  site.post('/confirm/:token', prove(ports, cookie, 'confirm'));
  site.get('/sign-in', showSignIn);
  site.post('/sign-in', signIn(ports, cookie, limitRate));
  site.get('/sign-in/:token', showProof(ports, 'sign-in'));
  site.post('/sign-in/:token', prove(ports, cookie, 'sign-in'));
  site.post('/sign-out', signOut(cookie));
  site.post('/follow', follow(ports));

  site.use('/welcome/*', requireVisitor);
  site.get('/welcome', showWelcome(ports));
  site.post('/welcome', choose(ports));
  site.get('/welcome/preview', showPreview(ports));
  site.get('/u/:secret', showUnsubscribe(ports));
  site.post('/u/:secret', unsubscribe(ports));
  site.get('/u/:secret/:what', showUnsubscribe(ports));
  site.post('/u/:secret/:what', unsubscribe(ports));
  site.get('/d/:date/:secret', showPastDigest(ports));
  site.get('/first-administrator/:token', showFirstAdministrator(ports));
  site.post('/first-administrator/:token', makeFirstAdministrator(ports, cookie));
  site.get('/change-address/:token', showAddressChange(ports));
  site.post('/change-address/:token', changeAddress(ports));
  routeAccount(site, ports, cookie);
  routeAdministration(site, ports);

  site.notFound((c) => notFoundPage(c));
  site.onError((error, c) => {
    const reference = randomBytes(5).toString('hex');
    ports.log.error({ reference, path: c.req.path, error });
    return problemPage(c, {
      status: 500,
      title: 'Something went wrong here',
      happened: 'We could not make this page. It is not your fault.',
      kept: 'What you had saved before is kept.',
      next: `Try again in a minute. If it happens again, tell whoever runs this site the reference ${reference}.`,
    });
  });
  return site;
}

/** What belongs to who is signed in. */
function routeAccount(site: SiteApp, ports: SitePorts, cookie: SessionCookie): void {
  site.use('/account/*', requireVisitor);
  site.get('/account', showAccount(ports));
  site.get('/account/settings', showAccountSettings(ports));
  site.get('/account/digests/:date', showPastDigest(ports));
  site.get('/account/export.json', exportAccount(ports));
  site.get('/account/subscriptions.csv', exportSubscriptions(ports));
  site.post('/account/subscriptions.csv', importSubscriptions(ports));
  site.post('/account/subscriptions/:id{[0-9]+}/threshold', setThreshold(ports));
  site.post('/account/subscriptions/:id{[0-9]+}/unfollow', unfollow(ports));
  site.post('/account/digest-time', setDigestTime(ports));
  site.post('/account/digest-now', sendDigestNow(ports));
  site.post('/account/pause', pause(ports));
  site.post('/account/resume', resume(ports));
  site.post('/account/password', setPassword(ports));
  site.post('/account/address', requestAddressChange(ports));
  site.post('/account/sign-out-others', signOutOthers(ports));
  site.post('/account/delete', deleteAccount(ports, cookie));
}

/** What only administrators reach. */
function routeAdministration(site: SiteApp, ports: SitePorts): void {
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
    actOnSource(ports, (sources, name) => sources.startScan(name), 'scan-started'),
  );
  for (const [verb, state] of [
    ['pause', 'paused'],
    ['resume', 'active'],
  ] as const) {
    const act = (sources: SitePorts['sources'], name: string) => sources.changeSource(name, { state });
    site.post(`/admin/sources/:name/${verb}`, actOnSource(ports, act, `source-${state}`));
  }
  site.post('/admin/sources/:name/remove', removeSource(ports));
  site.get('/admin/scans', showScans(ports));
  site.get('/admin/scans/:id{[0-9]+}', showScan(ports));
  site.post('/admin/scans/:id{[0-9]+}/accept', acceptScan(ports));
  site.get('/admin/deliveries', showDeliveries(ports));
  site.post('/admin/deliveries/suppressions', liftSuppression(ports));
  site.get('/admin/accounts', showAccounts(ports));
  site.post('/admin/accounts/role', changeRole(ports));
  site.get('/outbox', showOutbox(ports));
  site.get('/outbox/:id', showOutboxMessage(ports));
}
