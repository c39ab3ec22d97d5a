import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** A letter of ours by its kind and number, as the envelope's sender names it. */
export type LetterName = { readonly kind: 'digest' | 'notice'; readonly id: number };

/** What an address of the bounce mailbox stands for. */
export type ReturnAddress =
  | { readonly kind: 'bounce'; readonly letter: LetterName }
  /** Readers write here to stop; the mail names the account. */
  | { readonly kind: 'unsubscribe' }
  /** Providers send complaints here; the mail names the message. */
  | { readonly kind: 'complaint' };

export type ReturnAddresses = {
  /** The envelope's sender of a letter: a variable envelope return path that only we can make. */
  senderOf(letter: LetterName): string;
  readonly unsubscribe: string;
  readonly complaints: string;
  /** What mail to the address is about; null: it is none of ours, or its signature is wrong. */
  read(address: string): ReturnAddress | null;
};

/** 64 bits, in digits that survive servers that change the case. */
const signatureLength = 16;
const letters = { digest: 'd', notice: 'n' } as const;

/**
 * The addresses at which mail comes back: `bounces+d42-<signature>@domain` names one letter (VERP), signed with
 * HMAC-SHA-256, so that nobody can bounce a letter in another's name. `key`: the same for all processes.
 */
export function createReturnAddresses({
  domain,
  key,
}: {
  readonly domain: string;
  readonly key: string;
}): ReturnAddresses {
  const secret = createSecretKey(key, 'utf8');
  const sign = (name: string) =>
    createHmac('sha256', secret).update(`bounces ${name}`).digest('hex').slice(0, signatureLength);
  const unsubscribe = `unsubscribe@${domain}`;
  const complaints = `complaints@${domain}`;
  return {
    unsubscribe,
    complaints,
    senderOf({ kind, id }) {
      const name = `${letters[kind]}${id}`;
      return `bounces+${name}-${sign(name)}@${domain}`;
    },
    read(address) {
      const folded = address.toLowerCase();
      if (folded === unsubscribe) return { kind: 'unsubscribe' };
      if (folded === complaints) return { kind: 'complaint' };
      const [, name = '', given = '', at = ''] =
        /^bounces[+-]([dn][0-9]{1,15})-([0-9a-f]{16})@(.+)$/.exec(folded) ?? [];
      if (at !== domain || !timingSafeEqual(Buffer.from(given), Buffer.from(sign(name)))) return null;
      const id = Number(name.slice(1));
      return { kind: 'bounce', letter: { kind: name.startsWith('d') ? 'digest' : 'notice', id } };
    },
  };
}
