import { addChannel, chooseMail, removeChannel, testChannel } from '../pages/change-channels.ts';
import { showChannels } from '../pages/channels.ts';
import { renewPersonalFeeds, revokePersonalFeeds } from '../pages/personal-feeds.ts';
import { answerPushWorker } from '../pages/push-worker.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** The ways by which an account hears of changes; below /account, so only for who is signed in. */
export function routeChannels(site: SiteApp, ports: SitePorts): void {
  site.get('/push-worker.js', answerPushWorker);
  site.get('/account/channels', showChannels(ports));
  site.post('/account/channels', addChannel(ports));
  site.post('/account/channels/mail', chooseMail(ports));
  site.post('/account/channels/:id{[0-9]{1,15}}/test', testChannel(ports));
  site.post('/account/channels/:id{[0-9]{1,15}}/remove', removeChannel(ports));
  site.post('/account/channels/feeds', renewPersonalFeeds(ports));
  site.post('/account/channels/feeds/revoke', revokePersonalFeeds(ports));
}
