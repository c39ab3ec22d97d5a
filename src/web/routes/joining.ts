import { paths } from '../links.ts';
import { changeAddress, showAddressChange } from '../pages/change-account.ts';
import { makeFirstAdministrator, showFirstAdministrator } from '../pages/first-administrator.ts';
import { follow } from '../pages/follow.ts';
import { offerPasskey, signInWithPasskey } from '../pages/passkeys.ts';
import { showPastDigest } from '../pages/past-digest.ts';
import { prove, showProof } from '../pages/prove-address.ts';
import { beginAtProvider, finishAtProvider } from '../pages/provider.ts';
import { showSignIn, signIn, signOut } from '../pages/sign-in.ts';
import { showSignUp, signUp } from '../pages/sign-up.ts';
import { showUnsubscribe, unsubscribe } from '../pages/unsubscribe.ts';
import { choose, showWelcome } from '../pages/welcome.ts';
import { showPreview } from '../pages/welcome-preview.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { SiteApp } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { requireVisitor } from '../visitor.ts';

/** How people sign up and in, and what the links of their mails do. */
export function routeJoining(
  site: SiteApp,
  ports: SitePorts,
  { cookie, limitRate }: { readonly cookie: SessionCookie; readonly limitRate: RateLimiter },
): void {
  site.get('/sign-up', showSignUp);
  site.post('/sign-up', signUp(ports, limitRate));
  site.get('/confirm/:token', showProof(ports, 'confirm'));
  site.post('/confirm/:token', prove(ports, cookie, 'confirm'));
  site.get('/sign-in', showSignIn(ports));
  site.post('/sign-in', signIn(ports, cookie, limitRate));
  site.post(paths.signInWithPasskey, signInWithPasskey(ports, cookie, limitRate));
  site.post(`${paths.signInWithPasskey}/options`, offerPasskey(ports, limitRate));
  site.post(paths.signInWithProvider, beginAtProvider(ports, limitRate, 'sign-in'));
  site.get(paths.providerCallback, finishAtProvider(ports, cookie, limitRate));
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
}
