import { showPersonalFeed, showPublicFeed } from '../pages/feeds.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** What feed readers come for. */
export function routeFeeds(site: SiteApp, ports: SitePorts, limitRate: RateLimiter): void {
  site.get('/feeds/:file', showPublicFeed(ports, limitRate));
  site.get('/feeds/:kind{technologies|sources}/:file', showPublicFeed(ports, limitRate));
  site.get('/f/:secret/:file', showPersonalFeed(ports, limitRate));
}
