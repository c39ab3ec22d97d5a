import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { PasskeyCeremonies } from '../accounts/passkeys/passkey.ts';

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]+$/);
const answer = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).transform(() => ({})),
});
/** What `PublicKeyCredential.toJSON()` gives for a new passkey, as far as it is read. */
const registration = answer.extend({
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).default([]),
  }),
});
/** The same for one that signs in. */
const authentication = answer.extend({
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});

/** Shown by the browser while the person is asked. */
const rpName = 'kbalertz';
const timeoutMs = 300_000;

/**
 * Web Authentication for the site at `publicUrl`. null where there can be no passkeys: they are bound to a host name
 * (Web Authentication, 5.1.2: an RP ID is a domain), and the site is reached by an address.
 */
export function createPasskeyCeremonies(publicUrl: string): PasskeyCeremonies | null {
  const { origin: expectedOrigin, hostname: rpID } = new URL(publicUrl);
  if (isIP(rpID.replace(/^\[|\]$/g, '')) !== 0) return null;
  const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

  return {
    askForNewPasskey: ({ challenge, userHandle, address, existing }) =>
      generateRegistrationOptions({
        rpName,
        rpID,
        userName: address,
        userID: decode(userHandle),
        challenge: decode(challenge),
        timeout: timeoutMs,
        attestationType: 'none',
        excludeCredentials: existing.map(({ credentialId, transports }) => ({
          id: credentialId,
          transports: [...transports],
        })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),

    async verifyNewPasskey({ response, claimChallenge }) {
      const parsed = registration.safeParse(response);
      if (!parsed.success) return null;
      const verified = await orNull(claimChallenge, (expectedChallenge) =>
        verifyRegistrationResponse({
          response: parsed.data,
          expectedChallenge,
          expectedOrigin,
          expectedRPID: rpID,
          requireUserVerification: true,
        }),
      );
      if (!verified?.verified) return null;
      const { credential, credentialBackedUp } = verified.registrationInfo;
      return {
        credentialId: credential.id,
        publicKey: credential.publicKey,
        counter: credential.counter,
        transports: parsed.data.response.transports,
        isSynced: credentialBackedUp,
      };
    },

    askForPasskey: (challenge) =>
      generateAuthenticationOptions({
        rpID,
        challenge: decode(challenge),
        timeout: timeoutMs,
        userVerification: 'required',
      }),

    async verifyPasskey({ response, findPasskey, claimChallenge }) {
      const parsed = authentication.safeParse(response);
      if (!parsed.success) return null;
      const passkey = await findPasskey(parsed.data.id);
      const { userHandle, ...signed } = parsed.data.response;
      // A discoverable passkey names its account; one that names another is not what it says (7.2, step 6).
      if (passkey === null || (userHandle && userHandle !== passkey.userHandle)) return null;
      const verified = await orNull(claimChallenge, (expectedChallenge) =>
        verifyAuthenticationResponse({
          response: { ...parsed.data, response: signed },
          expectedChallenge,
          expectedOrigin,
          expectedRPID: rpID,
          requireUserVerification: true,
          credential: {
            id: passkey.credentialId,
            publicKey: new Uint8Array(passkey.publicKey),
            counter: passkey.counter,
          },
        }),
      );
      if (!verified?.verified) return null;
      const { newCounter, credentialBackedUp } = verified.authenticationInfo;
      return { passkey, counter: newCounter, isSynced: credentialBackedUp };
    },
  };
}

/**
 * The library throws at whatever does not hold in an answer, which here is one of two expected outcomes. What our own
 * part throws, such as a database that cannot be reached, is no bad answer and goes on.
 */
async function orNull<Result>(
  claimChallenge: (challenge: string) => Promise<boolean>,
  verify: (claim: (challenge: string) => Promise<boolean>) => Promise<Result>,
): Promise<Result | null> {
  let failure: unknown = null;
  try {
    return await verify((challenge) =>
      claimChallenge(challenge).catch((error: unknown) => {
        failure = error;
        throw error;
      }),
    );
  } catch {
    if (failure !== null) throw failure;
    return null;
  }
}
