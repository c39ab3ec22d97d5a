import type { Migration } from '../migrate.ts';

/**
 * What came back: one row a bounce. Suppressions may end by themselves, and domains that refuse us are left alone until
 * a time. The domain of a delivery's address is kept beside it, so that claims can pass over whole domains.
 */
export const returnedMail: Migration = {
  name: '0024-returned-mail',
  statements: [
    `create table bounces (
      id {id}, address_key text not null, domain text not null, kind text not null check (kind in ('hard', 'soft', 'policy', 'complaint')),
      reason text not null, status text, diagnostic text not null, received_at {int} not null)`,
    `create index bounces_by_address on bounces (address_key, received_at)`,
    `create index bounces_by_domain on bounces (domain, received_at) where kind = 'policy'`,
    `create table paused_domains (
      domain text not null primary key, reason text not null, diagnostic text not null,
      paused_at {int} not null, paused_until {int} not null, pauses {int} not null)`,
    `alter table suppressions add column expires_at {int}`,
    `alter table deliveries add column domain text`,
    {
      sqlite: `update deliveries set domain = substr(address, instr(address, '@') + 1) where address is not null`,
      postgres: `update deliveries set domain = substr(address, strpos(address, '@') + 1) where address is not null`,
    },
  ],
};
