import { paths } from '../links.ts';
import { showAdvancedSearch } from '../pages/advanced-search.ts';
import { showArticle } from '../pages/article.ts';
import { showChanges } from '../pages/changes.ts';
import { downloadPatch, downloadPlainDifference, showDifference } from '../pages/difference.ts';
import { showHelp, showHelpImage, showHelpPage } from '../pages/help.ts';
import { showHome } from '../pages/home.ts';
import { showImage } from '../pages/image.ts';
import { describeSearch } from '../pages/opensearch.ts';
import { showRemedy } from '../pages/remedy.ts';
import { downloadRemedyFile, downloadRemedyKey } from '../pages/remedy-files.ts';
import { reportRemedy } from '../pages/remedy-report.ts';
import { showSearch, suggest } from '../pages/search.ts';
import { showStatus } from '../pages/status.ts';
import { showTechnologies } from '../pages/technologies.ts';
import { showTechnology } from '../pages/technology.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** What everybody can read: articles, changes, technologies, search. */
export function routeReading(site: SiteApp, ports: SitePorts, limitRate: RateLimiter): void {
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
  site.get('/images/:name', showImage(ports));
  site.get('/changes', showChanges(ports));
  site.get('/search', showSearch(ports, limitRate));
  site.get('/search/suggest', suggest(ports, limitRate));
  site.get('/search/advanced', showAdvancedSearch(ports));
  site.get('/opensearch.xml', describeSearch(ports.settings.publicUrl));
  site.get('/status', showStatus(ports));
  site.get('/help', showHelp);
  site.get('/help/:name', showHelpPage);
  site.get('/help/images/:name', showHelpImage);
  site.get('/technologies', showTechnologies(ports));
  site.get('/technologies/:slug', showTechnology(ports));
}
