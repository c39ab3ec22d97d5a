import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { findSharedSecret, loadSharedSecret } from './shared-secrets.ts';

/**
 * Keeps secrets that are needed as they are, so that a hash would not do: sealed by AES-256-GCM (NIST SP 800-38D) with
 * a key that lies outside of the database. `owner` is bound in: what is sealed for one can't be put in another's place.
 */
export type Sealer = {
  /** The first one makes the key where there is none. Throws SealError. */
  seal(text: string, owner: string): Promise<string>;
  /** Gives back what was never sealed as it is. Throws SealError. */
  open(kept: string, owner: string): Promise<string>;
  /** Throws SealError when something is sealed and its key is not here. */
  check(): Promise<void>;
};

/** Where the key is kept: 32 bytes. */
export type SealKeys = {
  /** null: there is none. Throws where it can't be read or is no key. */
  load(): Promise<Buffer | null>;
  /** Makes and keeps one; of two processes at once the first one's counts. */
  make(): Promise<Buffer>;
  /** For a person who has to mend it. */
  readonly place: string;
};

export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code: 'KEY_MISSING' | 'KEY_WRONG' | 'CHANGED';
  constructor(code: SealError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const prefix = 'sealed:1:';
const [nonceBytes, tagBytes] = [12, 16];

export const isSealed = (kept: string): boolean => kept.startsWith(prefix);

/** By what the database knows the key that its secrets are sealed with. */
export const sealKeyName = 'seal-key';

export function createSealer(database: Pick<Database, 'db'>, keys: SealKeys): Sealer {
  let opened: Buffer | null = null;
  const load = async (mayMake: boolean): Promise<Buffer> => {
    opened ??= await openKey(database, keys, mayMake);
    return opened;
  };
  return {
    async seal(text, owner) {
      const key = await load(true);
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return prefix + sealed.toString('base64url');
    },
    async open(kept, owner) {
      if (!isSealed(kept)) return kept;
      const key = await load(false);
      const bytes = Buffer.from(kept.slice(prefix.length), 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
          .setAAD(Buffer.from(owner))
          .setAuthTag(bytes.subarray(-tagBytes));
        return Buffer.concat([
          decipher.update(bytes.subarray(nonceBytes, -tagBytes)),
          decipher.final(),
        ]).toString('utf8');
      } catch (error) {
        throw new SealError(
          'CHANGED',
          `A secret in the database (the ${owner}) is not as it was sealed. Remove it and add it again, or restore a backup.`,
          { cause: error },
        );
      }
    },
    async check() {
      if ((await findSharedSecret(database, sealKeyName)) !== null) await load(false);
    },
  };
}

async function openKey(database: Pick<Database, 'db'>, keys: SealKeys, mayMake: boolean): Promise<Buffer> {
  const known = await findSharedSecret(database, sealKeyName);
  const key = await keys.load();
  const isMissing = key === null && (known !== null || !mayMake);
  if (isMissing) throw new SealError('KEY_MISSING', explain(keys, 'is not here'));
  const own = key ?? (await keys.make());
  const expected = known ?? (await loadSharedSecret(database, sealKeyName, () => nameKey(own)));
  if (expected !== nameKey(own))
    throw new SealError('KEY_WRONG', explain(keys, 'is another one than the one here'));
  return own;
}

/** Tells keys apart and nothing of them. */
function nameKey(key: Buffer): string {
  return hash('sha256', Buffer.concat([Buffer.from('kbalertz seal key '), key])).slice(0, 16);
}

function explain({ place }: SealKeys, what: string): string {
  return (
    `The key that the secrets of channels are sealed with ${what} (${place}). Nothing was changed, and digests by ` +
    'channels wait; all else works. Put the key there that the other machines, or the backup, have. If it is lost: ' +
    '"kbalertz channel forget-key --yes" removes all channels, and their owners add them again.'
  );
}
