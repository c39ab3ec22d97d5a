import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Passwords } from '../accounts/passwords.ts';

const derive = promisify(argon2);

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
type Cost = typeof cost;

/** Keeps passwords with argon2id as `$argon2id$v=19$m=…,t=…,p=…$salt$tag` (the PHC string format). */
export const passwords: Passwords = {
  async hashPassword(password) {
    const salt = randomBytes(16);
    const tag = await deriveTag(password, salt, cost);
    const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
    return `$argon2id$v=19$${parameters}$${encode(salt)}$${encode(tag)}`;
  },

  async verifyPassword(password, hash) {
    const kept = hash === null ? null : readHash(hash);
    // Nobody's password takes the same work, so that the time does not tell whether there is an account.
    const { salt, tag, parameters } = kept ?? nobody;
    const given = await deriveTag(password, salt, parameters);
    return timingSafeEqual(given, tag) && kept !== null;
  },
};

const nobody = { salt: Buffer.alloc(16), tag: Buffer.alloc(cost.tagLength), parameters: cost };

function deriveTag(password: string, nonce: Buffer, parameters: Cost): Promise<Buffer> {
  // The same letters typed on another keyboard are the same password (NIST SP 800-63B, 3.1.1.2).
  return derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), nonce, ...parameters });
}

function readHash(hash: string): { salt: Buffer; tag: Buffer; parameters: Cost } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (!match) throw new Error('A kept password has a form that this version does not know.');
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  const bytes = Buffer.from(tag, 'base64');
  return {
    salt: Buffer.from(salt, 'base64'),
    tag: bytes,
    parameters: {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      tagLength: bytes.length,
    },
  };
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
