import { z } from 'zod';

/** Where mail comes back. */
export type BounceConfig = {
  readonly protocol: 'lmtp' | 'smtp';
  readonly host: string;
  readonly port: number;
  /** Of the envelope's senders, and of the addresses for complaints and for unsubscribing by mail. */
  readonly domain: string;
};

export const mailEnvironment = {
  KBALERTZ_BOUNCE_LISTEN: z
    .string()
    .regex(
      /^(lmtp|smtp):\/\/[^/]+:\d{1,5}$/,
      'must be an address to listen at, such as lmtp://127.0.0.1:2424',
    )
    .optional(),
  KBALERTZ_BOUNCE_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain such as bounces.example.org')
    .optional(),
  KBALERTZ_MAIL_PER_DOMAIN: z.coerce.number().int().min(1).max(100).default(10),
  KBALERTZ_MAIL_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(3000),
  KBALERTZ_DNS: z.string().default(''),
};

/** null: no listener is set up, and what comes back goes to the sender's own mailbox. */
export function readBounceConfig(settings: {
  readonly KBALERTZ_BOUNCE_LISTEN?: string | undefined;
  readonly KBALERTZ_BOUNCE_DOMAIN?: string | undefined;
  readonly KBALERTZ_MAIL_FROM: string;
}): BounceConfig | null {
  const { KBALERTZ_BOUNCE_LISTEN: listen, KBALERTZ_MAIL_FROM: from } = settings;
  if (listen === undefined) return null;
  const [, protocol, host = '', port] = /^(lmtp|smtp):\/\/\[?([^\]]+)\]?:(\d+)$/.exec(listen) ?? [];
  const domain = settings.KBALERTZ_BOUNCE_DOMAIN ?? from.slice(from.lastIndexOf('@') + 1);
  return {
    protocol: protocol === 'smtp' ? 'smtp' : 'lmtp',
    host,
    port: Number(port),
    domain: domain.toLowerCase(),
  };
}
