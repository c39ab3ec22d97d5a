import type { Transport } from './transport.ts';

/** While no SMTP server is set up: every message is accepted at once and stays where it lies, to be read at /outbox. */
export function createOutboxTransport(): Transport {
  return {
    name: 'outbox',
    send: async () => ({ kind: 'accepted', response: 'kept in the outbox' }),
    close: async () => {},
  };
}
