import { showAccount } from '../pages/account.ts';
import { showAccountSettings } from '../pages/account-settings.ts';
import {
  deleteAccount,
  exportAccount,
  pause,
  requestAddressChange,
  resume,
  sendDigestNow,
  setDigestTime,
  setPassword,
  signOutOthers,
} from '../pages/change-account.ts';
import { showPastDigest } from '../pages/past-digest.ts';
import { setThreshold, unfollow } from '../pages/subscriptions.ts';
import { exportSubscriptions, importSubscriptions } from '../pages/subscriptions-csv.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { requireVisitor } from '../visitor.ts';

/** What belongs to who is signed in. */
export function routeAccount(site: SiteApp, ports: SitePorts, cookie: SessionCookie): void {
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
