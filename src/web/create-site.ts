import { Hono } from 'hono';
import { routePath } from 'hono/route';
import { notFoundPage, problemPage } from './parts/problem-page.ts';
import { routeAccount } from './routes/account.ts';
import { routeAdministration } from './routes/administration.ts';
import { routeChannels } from './routes/channels.ts';
import { routeFeedback } from './routes/feedback.ts';
import { routeFeeds } from './routes/feeds.ts';
import { routeJoining } from './routes/joining.ts';
import { routeReading } from './routes/reading.ts';
import { routeTeams } from './routes/teams.ts';
import { recogniseClient } from './security/client-network.ts';
import { listSecurityHeaders, securityHeaders } from './security/headers.ts';
import { limitBodies } from './security/limit-bodies.ts';
import { createRateLimiter } from './security/rate-limiter.ts';
import { refuseForeignRequests } from './security/same-origin.ts';
import { createSessionCookie } from './security/session-cookie.ts';
import { answerAsset } from './serving/answer-asset.ts';
import { answerReadiness } from './serving/answer-readiness.ts';
import { observeRequests } from './serving/observe-requests.ts';
import { createPageCache } from './serving/page-cache.ts';
import { rememberTechnologies } from './serving/remember-technologies.ts';
import { createPageServing } from './serving/serve-pages.ts';
import type { Site, SiteApp, SiteEnv } from './site-app.ts';
import type { SitePorts } from './site-ports.ts';

/** How old the tree of technologies and its counts may be. */
const treeAgeMs = 2_000;

/** The site on its ports. */
export function createSite(given: SitePorts): Site {
  const ports = {
    ...given,
    archive: rememberTechnologies(given.archive, Math.min(treeAgeMs, given.settings.pageCacheMs)),
  };
  const { accounts, settings } = ports;
  const site: SiteApp = new Hono<SiteEnv>();
  const cookie = createSessionCookie(accounts, settings.publicUrl);
  const limitRate = createRateLimiter(ports.rateLimits, ports.clock);
  let [search, searches] = [ports.findSearch(), 0];
  const cache = createPageCache({
    readVersion: async () => {
      // The index follows the change log a moment later; what it did not find until then must not stay.
      if (search !== ports.findSearch()) {
        search = ports.findSearch();
        searches += 1;
      }
      const [[change], told] = await Promise.all([
        ports.archive.listChanges({ limit: 1 }),
        ports.community.readVersion(),
      ]);
      return (change?.id ?? 0) + told + searches; // all only grow
    },
    maxAgeMs: settings.pageCacheMs,
    nowMs: () => performance.now(),
  });

  const pages = createPageServing({
    cache,
    hasSession: cookie.isIn,
    headers: listSecurityHeaders(settings.publicUrl),
    observe: ports.monitoring.observeRequest,
  });

  site.use(observeRequests(ports.monitoring.observeRequest));
  site.use(recogniseClient(settings.trustedProxies));
  site.use(securityHeaders(settings.publicUrl));
  site.use(pages.serve);
  site.get('/assets/:name', answerAsset);
  site.get('/healthz', (c) => c.text('ok\n'));
  site.get('/readyz', answerReadiness(ports.monitoring));
  site.use(limitBodies);
  site.use(refuseForeignRequests(settings.publicUrl, (path) => path.startsWith('/u/')));
  site.use(cookie.recognise);

  routeReading(site, ports, limitRate);
  routeFeeds(site, ports, limitRate);
  routeJoining(site, ports, { cookie, limitRate });
  routeFeedback(site, ports);
  routeAccount(site, ports, { cookie, limitRate });
  routeChannels(site, ports);
  routeTeams(site, ports);
  routeAdministration(site, ports);

  site.notFound((c) => notFoundPage(c));
  site.onError((error, c) => {
    const reference = c.get('requestId');
    ports.log.error({ reference, route: routePath(c, -1), error });
    if ('code' in error && ['KEY_MISSING', 'KEY_WRONG'].includes(String(error.code))) {
      return problemPage(c, {
        status: 503,
        title: 'This page can’t be opened just now',
        happened: 'The key for what this site keeps sealed, such as channels, is not here.',
        kept: 'Everything is kept as it was, and digests by mail go on.',
        next: 'Tell whoever runs this site: “kbalertz doctor” says what to do.',
      });
    }
    if (isPassing(error)) {
      c.header('retry-after', '10');
      return problemPage(c, {
        status: 503,
        title: 'The site is catching its breath',
        happened: 'Our database does not answer at the moment.',
        kept: 'What you had saved before is kept; what you just sent may not be.',
        next: 'Try again in a minute.',
      });
    }
    return problemPage(c, {
      status: 500,
      title: 'Something went wrong here',
      happened: 'We could not make this page. It is not your fault.',
      kept: 'What you had saved before is kept.',
      next: `Try again in a minute. If it happens again, tell whoever runs this site the reference ${reference}.`,
    });
  });
  return { fetch: (request, env) => pages.answerFromMemory(request) ?? site.fetch(request, env) };
}

/** What the store calls a failure that ends by itself: the database starts again, or is busy. */
function isPassing(error: Error): boolean {
  return 'code' in error && ['UNREACHABLE', 'OVERLOADED', 'LOCKED'].includes(String(error.code));
}
