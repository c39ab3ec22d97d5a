import { html } from 'hono/html';
import type { ProviderSignIn } from '../../accounts/provider/create-provider-sign-in.ts';
import { paths } from '../links.ts';
import { readNextPath } from '../next-path.ts';
import { renderPage } from '../parts/layout.ts';
import { notFoundPage, problemPage } from '../parts/problem-page.ts';
import { readForm } from '../read-form.ts';
import { createProviderCookie } from '../security/provider-cookie.ts';
import type { RateLimiter } from '../security/rate-limiter.ts';
import type { SessionCookie } from '../security/session-cookie.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'provider' | 'settings'>;

/** Begins a sign-in at the provider, or, for who is signed in, adds the provider to the ways to sign in. */
export function beginAtProvider(ports: Ports, limitRate: RateLimiter, purpose: 'sign-in' | 'link'): Action {
  const cookie = createProviderCookie(ports.settings.publicUrl);
  return withProvider(ports, async (c, provider) => {
    const limited = await limitRate(c, 'sign-in');
    if (limited !== null) return limited;
    const next = purpose === 'link' ? paths.signingIn : readNextPath((await readForm(c)).text('next'));
    const account = purpose === 'link' ? readVisitor(c).account : null;
    const begun = await provider.begin({ account, next });
    if (begun.kind === 'failed') return failed(c, begun.sentence);
    cookie.keep(c, begun.secret);
    // A page and not a redirect: the policy lets forms go to this site only, redirects of their answers included.
    return renderPage(c, {
      title: `On to ${provider.name}`,
      isPrivate: true,
      goesOnTo: begun.url,
      main: html`<div class="cols narrow"><div><h1>On to ${provider.name}</h1>
<p class="lead">You sign in there and come back here.</p><p><a class="btn" href="${begun.url}">Go on</a></p></div></div>`,
    });
  });
}

/** Where the provider sends the browser back to. What was begun works once, and only in the browser that began. */
export function finishAtProvider(ports: Ports, cookie: SessionCookie, limitRate: RateLimiter): Action {
  const providerCookie = createProviderCookie(ports.settings.publicUrl);
  return withProvider(ports, async (c, provider) => {
    const limited = await limitRate(c, 'sign-in');
    if (limited !== null) return limited;
    const callbackUrl = `${ports.settings.publicUrl}${paths.providerCallback}${new URL(c.req.url).search}`;
    const secret = providerCookie.take(c);
    const visitor = c.get('visitor')?.account ?? null;
    const outcome = await provider.finish({ secret, callbackUrl, visitor });
    switch (outcome.kind) {
      case 'signed-in':
        await cookie.signIn(c, outcome.account.id, 'provider');
        return c.redirect(outcome.next ?? (outcome.first ? paths.welcome : paths.account));
      case 'linked':
        return c.redirect(`${paths.signingIn}?said=provider-added`);
      case 'mailed':
        return mailed(c, outcome.address, provider.name);
      case 'taken':
        return failed(c, `That identity of ${provider.name} belongs to an account already.`);
      case 'expired':
        return failed(c, 'This sign-in was begun in another browser, is over, or took more than 15 minutes.');
      case 'failed':
        return failed(c, outcome.sentence);
    }
  });
}

export function unlinkProvider(ports: Ports): Action {
  return withProvider(ports, async (c, provider) => {
    const isGone = await provider.unlink(readVisitor(c).account, (await readForm(c)).text('subject'));
    return c.redirect(`${paths.signingIn}?said=${isGone ? 'provider-removed' : 'not-found'}`);
  });
}

function withProvider(
  ports: Ports,
  act: (c: SiteContext, provider: ProviderSignIn) => Promise<Response>,
): Action {
  return (c) => (ports.provider === null ? notFoundPage(c) : act(c, ports.provider));
}

function mailed(c: SiteContext, address: string, provider: string) {
  return renderPage(c, {
    title: 'Look into your mailbox',
    isPrivate: true,
    main: html`<div class="cols narrow"><div><h1>Look into your mailbox</h1>
<p class="lead">A letter to <strong>${address}</strong> has a link that goes on from here. ${provider} alone is not enough for it: the link shows that the mailbox is yours.</p></div></div>`,
  });
}

function failed(c: SiteContext, sentence: string) {
  return problemPage(c, {
    status: 400,
    title: 'You are not signed in',
    happened: sentence,
    kept: 'Nothing was changed.',
    next: html`<a class="btn" href="${paths.signIn}">Back to signing in</a>`,
  });
}
