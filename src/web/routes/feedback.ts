import { paths } from '../links.ts';
import { curate, showCuration } from '../pages/curation.ts';
import { makeRule, showRules, withdrawRule } from '../pages/curation-rules.ts';
import { giveFeedback, markHelped, reportFeedback, showReport } from '../pages/feedback.ts';
import { showFeedback } from '../pages/feedback-section.ts';
import { decide, showQueue, showTrail } from '../pages/moderation.ts';
import { appeal, showOwnFeedback, withdraw } from '../pages/own-feedback.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { requireRole, requireVisitor } from '../visitor.ts';

/** What readers say below articles, and what is done about it. */
export function routeFeedback(site: SiteApp, ports: SitePorts): void {
  site.get('/a/:id{[0-9]+}/feedback', showFeedback(ports));
  site.post('/a/:id{[0-9]+}/feedback', giveFeedback(ports));
  site.get('/feedback/:id{[0-9]+}/report', showReport(ports));
  site.post('/feedback/:id{[0-9]+}/report', reportFeedback(ports));
  site.post('/feedback/:id{[0-9]+}/helped', markHelped(ports));

  site.use('/account/feedback/*', requireVisitor);
  site.get('/account/feedback', showOwnFeedback(ports));
  site.post('/account/feedback/:id{[0-9]+}/appeal', appeal(ports));
  site.post('/account/feedback/:id{[0-9]+}/withdraw', withdraw(ports));

  site.use(
    '/moderation/*',
    requireRole('moderator', (c) => notFoundPage(c)),
  );
  site.use(
    '/curation/*',
    requireRole('curator', (c) => notFoundPage(c)),
  );
  site.get('/curation', showCuration(ports));
  site.post('/curation', curate(ports));
  site.get(paths.curationRules, showRules(ports));
  site.post(paths.curationRules, makeRule(ports));
  site.post(`${paths.curationRules}/:id{[0-9]{1,15}}/withdraw`, withdrawRule(ports));

  site.get('/moderation', showQueue(ports));
  site.post('/moderation', decide(ports));
  site.get('/moderation/trail', showTrail(ports));
}
