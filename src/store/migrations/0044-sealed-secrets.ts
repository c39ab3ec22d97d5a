import type { Migration } from '../migrate.ts';

/**
 * What leads into an account's feeds is looked up by its hash: `secret` itself is sealed, as targets of channels are.
 * The program hashes and seals rows from before when it starts (store/seal-existing.ts).
 */
export const sealedSecrets: Migration = {
  name: '0044-sealed-secrets',
  statements: [
    `alter table personal_feeds add column secret_hash text`,
    `create unique index personal_feeds_by_hash on personal_feeds (secret_hash)`,
  ],
};
