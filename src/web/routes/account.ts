import { paths } from '../links.ts';
import { showAccount } from '../pages/account.ts';
import { showAccountSettings } from '../pages/account-settings.ts';
import {
  deleteAccount,
  endSession,
  exportAccount,
  pause,
  requestAddressChange,
  resume,
  sendDigestNow,
  setDigestTime,
  setPassword,
  signOutOthers,
} from '../pages/change-account.ts';
import { addPasskey, offerNewPasskey, removePasskey } from '../pages/passkeys.ts';
import { showPastDigest } from '../pages/past-digest.ts';
import { beginAtProvider, unlinkProvider } from '../pages/provider.ts';
import { showSigningIn } from '../pages/signing-in.ts';
import { setFeedback, setThreshold, unfollow } from '../pages/subscriptions.ts';
import { exportSubscriptions, importSubscriptions } from '../pages/subscriptions-csv.ts';
import { tryAddressAgain } from '../pages/suppressed-address.ts';
import { makeToken, revokeToken, showTokens } from '../pages/tokens.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { requireFresh, requireVisitor } from '../visitor.ts';

/** What belongs to who is signed in. */
export function routeAccount(
  site: SiteApp,
  ports: SitePorts,
  { cookie, limitRate }: { readonly cookie: SessionCookie; readonly limitRate: RateLimiter },
): void {
  site.use('/account/*', requireVisitor);
  site.get('/account', showAccount(ports));
  site.get('/account/settings', showAccountSettings);
  site.get(paths.signingIn, showSigningIn(ports));
  site.get('/account/digests/:date', showPastDigest(ports));
  site.get('/account/export.json', exportAccount(ports));
  site.get('/account/subscriptions.csv', exportSubscriptions(ports));
  site.post('/account/subscriptions.csv', importSubscriptions(ports));
  site.post('/account/subscriptions/:id{[0-9]+}/threshold', setThreshold(ports));
  site.post('/account/subscriptions/:id{[0-9]+}/feedback', setFeedback(ports));
  site.post('/account/subscriptions/:id{[0-9]+}/unfollow', unfollow(ports));
  site.post('/account/digest-time', setDigestTime(ports));
  site.post('/account/digest-now', sendDigestNow(ports));
  site.post('/account/pause', pause(ports));
  site.post('/account/resume', resume(ports));
  const present = requireFresh(paths.signingIn);
  site.post('/account/password', present, setPassword(ports));
  site.post(paths.passkeys, present, addPasskey(ports));
  site.post(`${paths.passkeys}/options`, present, offerNewPasskey(ports));
  site.post(`${paths.passkeys}/remove`, present, removePasskey(ports));
  site.post(paths.identities, present, beginAtProvider(ports, limitRate, 'link'));
  site.post(`${paths.identities}/remove`, present, unlinkProvider(ports));
  site.get(paths.tokens, showTokens(ports));
  site.post(paths.tokens, requireFresh(paths.tokens), makeToken(ports));
  site.post(`${paths.tokens}/:id{[0-9]+}/revoke`, revokeToken(ports));
  site.post('/account/sessions/end', endSession(ports));
  site.post('/account/sign-out-others', signOutOthers(ports));
  site.post('/account/address', requireFresh(paths.accountSettings), requestAddressChange(ports));
  site.post('/account/address/try-again', tryAddressAgain(ports));
  site.post('/account/delete', requireFresh(paths.accountSettings), deleteAccount(ports, cookie));
}
