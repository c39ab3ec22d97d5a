import { hash, randomBytes } from 'node:crypto';
import type { Secrets } from '../accounts/secrets.ts';

/** 256 bits of the system's randomness; at rest their SHA-256, which needs no salt for secrets of that size. */
export const secrets: Secrets = {
  newSecret: () => randomBytes(32).toString('base64url'),
  hashSecret: (secret) => hash('sha256', secret),
};
