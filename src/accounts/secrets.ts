/** Makes what nobody can guess, and its form at rest. */
export type Secrets = {
  /** A new secret with at least 192 bits of entropy, usable in a URL. */
  newSecret(): string;
  /** One-way and always the same for one secret; only this form of a token is kept. */
  hashSecret(secret: string): string;
};
