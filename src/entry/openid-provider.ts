import * as openid from 'openid-client';
import type { Provider, ProviderFailure } from '../accounts/provider/identity.ts';

/** How sign-in by an OpenID Connect provider is set up. */
export type ProviderSettings = {
  readonly issuer: string;
  readonly clientId: string;
  /** null: a public client, which PKCE protects. */
  readonly clientSecret: string | null;
  readonly name: string;
};

const timeoutSeconds = 10;
/** After a provider was out of reach it is not asked again for so long: nobody waits for it twice in a row. */
const backOffMs = 15_000;

/**
 * The provider by OpenID Connect: authorization code with PKCE (S256), state and nonce. Its metadata is read when
 * somebody first signs in, and kept: a provider that is out of reach stops neither the start nor other ways to sign in.
 */
export function createOpenidProvider(
  settings: ProviderSettings,
  { redirectUrl, nowMs = () => performance.now() }: { redirectUrl: string; nowMs?: () => number },
): Provider {
  const { name } = settings;
  // Identities are bound by it: with and without a slash at the end it is the same one.
  const issuer = settings.issuer.replace(/\/+$/, '');
  let known: openid.Configuration | null = null;
  let failedMs = Number.NEGATIVE_INFINITY;

  const discover = async (): Promise<openid.Configuration | null> => {
    if (known !== null) return known;
    if (nowMs() - failedMs < backOffMs) return null;
    try {
      const server = new URL(settings.issuer);
      known = await openid.discovery(
        server,
        settings.clientId,
        settings.clientSecret ?? undefined,
        settings.clientSecret === null ? openid.None() : undefined,
        {
          timeout: timeoutSeconds,
          // Without TLS only on this machine, for trying it out; the configuration refuses it elsewhere.
          ...(server.protocol === 'http:' && { execute: [openid.allowInsecureRequests] }),
        },
      );
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      failedMs = nowMs(); // out of reach, or no metadata there: an expected outcome, told to who wants to sign in
    }
    return known;
  };
  const unreachable: ProviderFailure = {
    kind: 'failed',
    sentence: `${name} cannot be reached at the moment. The other ways to sign in work.`,
  };

  return {
    name,
    issuer,
    async begin({ state, nonce, verifier }) {
      const configuration = await discover();
      if (configuration === null) return unreachable;
      const url = openid.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUrl,
        scope: 'openid email profile',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { kind: 'ready', url: url.href };
    },
    async finish({ callbackUrl, checks }) {
      const configuration = await discover();
      if (configuration === null) return unreachable;
      try {
        const tokens = await openid.authorizationCodeGrant(configuration, new URL(callbackUrl), {
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          pkceCodeVerifier: checks.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new Error('There is no ID token, though one was asked for.');
        const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
        // Many providers put the address only there; the subject must be the same (OpenID Connect Core, 5.3.2).
        const info =
          claims.email === undefined && hasUserInfo
            ? await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)
            : claims;
        return {
          kind: 'proven',
          subject: claims.sub,
          address: typeof info.email === 'string' ? info.email : null,
          isAddressVerified: info.email_verified === true,
          name: typeof info.name === 'string' ? info.name : null,
        };
      } catch (error) {
        return { kind: 'failed', sentence: describeRefusal(error, name) };
      }
    },
  };
}

function describeRefusal(error: unknown, name: string): string {
  if (error instanceof openid.AuthorizationResponseError) {
    return error.error === 'access_denied'
      ? `${name} was told not to sign you in.`
      : `${name} refused to sign you in (${error.error}).`;
  }
  if (error instanceof openid.ResponseBodyError) return `${name} refused to sign you in (${error.error}).`;
  if (error instanceof openid.ClientError) {
    return `What ${name} answered could not be verified, so nobody was signed in. Begin again.`;
  }
  if (error instanceof TypeError) return `${name} could not be reached to verify its answer. Begin again.`; // of fetch
  throw error;
}
