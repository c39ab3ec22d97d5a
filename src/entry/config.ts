import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Role } from '../accounts/account.ts';
import type { DatabaseLocation } from '../store/database.ts';
import { type BounceConfig, mailEnvironment, readBounceConfig } from './mail-config.ts';
import type { ProviderSettings } from './openid-provider.ts';

/** Everything that an operator can set, parsed once at the start and never changed. */
export type Config = {
  /** Folder of the database file, the mirrors of git sources and the search snapshot. */
  readonly dataFolder: string;
  readonly database: DatabaseLocation;
  readonly host: string;
  readonly port: number;
  /** Where readers reach the site, without a slash at the end. */
  readonly publicUrl: string;
  /** `smtp://user:password@host:587` or `smtps://…`; null: messages stay in the outbox. */
  readonly smtpUrl: string | null;
  readonly mailFrom: { readonly name: string; readonly address: string };
  /** Where bounces come back; null: to the sender's own mailbox, where nobody reads them. */
  readonly bounces: BounceConfig | null;
  /** How hard this process presses the servers of one domain. */
  readonly domainLimits: { readonly concurrency: number; readonly perMinute: number };
  /** Name servers that "doctor mail" asks; empty: the system's. */
  readonly nameServers: readonly string[];
  /** Named in the User-Agent of scans, so that a vendor can reach whoever runs them. */
  readonly contact: string;
  /** Folders from which local git repositories, bundles and folders may be read. */
  readonly localSources: readonly string[];
  /** Hosts (`host` or `host:port`) that sources may be read from though their addresses are private. */
  readonly privateHosts: readonly string[];
  /** Where /metrics is answered; null: nowhere. `token`: asked for by it; null: whoever reaches the address reads it. */
  readonly metrics: { readonly host: string; readonly port: number; readonly token: string | null } | null;
  /** Networks of the proxies that are believed whom they speak for, such as `127.0.0.0/8`. */
  readonly trustedProxies: readonly string[];
  /** Whether images that are on the web may be fetched, so that pages show copies of them. */
  readonly fetchesImages: boolean;
  /** How long it is kept how mail was sent; null: for ever. */
  readonly keepDays: number | null;
  /** 32 bytes in base64 that secrets in the database are sealed with; null: a file of the data folder. */
  readonly sealKey: string | null;
  /** Whether people without an account may write feedback, which a moderator reads before it is shown. */
  readonly takesAnonymousFeedback: boolean;
  /** From which role on rights count only in sessions that began with a passkey; null: from none. */
  readonly passkeyFrom: Role | null;
  /** OpenID Connect provider by which people sign in; null: none. */
  readonly provider: ProviderSettings | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

/** A setting is wrong; the message names it and says what it should be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const environment = z.object({
  KBALERTZ_DATA: z.string().min(1).optional(),
  KBALERTZ_DATABASE: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a URL such as postgres://user:password@host/database')
    .optional(),
  KBALERTZ_HOST: z.string().min(1).default('127.0.0.1'),
  KBALERTZ_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  KBALERTZ_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  KBALERTZ_SMTP: z
    .string()
    .regex(/^smtps?:\/\//, 'must be a URL such as smtp://user:password@mail.example.org:587')
    .optional(),
  KBALERTZ_MAIL_FROM: z
    .email('must be an address such as alerts@example.org')
    .default('kbalertz@localhost.localdomain'),
  ...mailEnvironment,
  KBALERTZ_CONTACT: z.string().min(1).default('no contact address was set'),
  KBALERTZ_LOCAL_SOURCES: z.string().default(''),
  KBALERTZ_PRIVATE_HOSTS: z.string().default(''),
  KBALERTZ_METRICS: z
    .string()
    .regex(/^(\[[0-9a-f:.]+\]|[^\s:[\]]+):\d{1,5}$/i, 'must be an address and a port such as 127.0.0.1:9464')
    .optional(),
  KBALERTZ_METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  KBALERTZ_TRUSTED_PROXIES: z
    .string()
    .default('127.0.0.0/8,::1/128')
    .transform((text) => splitList(text))
    .refine((networks) => networks.every(isNetwork), 'must be networks such as 127.0.0.1,10.0.0.0/8'),
  KBALERTZ_FETCH_IMAGES: z.stringbool({ error: 'must be yes or no' }).default(false),
  KBALERTZ_KEEP_DAYS: z
    .union([z.literal('forever'), z.coerce.number().int().min(7).max(36_500)])
    .default(400),
  KBALERTZ_SEAL_KEY: z
    .string()
    .refine(
      (text) => Buffer.from(text, 'base64').length === 32,
      'must be 32 bytes in base64: openssl rand -base64 32',
    )
    .optional(),
  KBALERTZ_ANONYMOUS_FEEDBACK: z.stringbool('must be on or off').default(false),
  KBALERTZ_REQUIRE_PASSKEY: z
    .enum(['nobody', 'administrators', 'moderators', 'curators'], {
      error: 'must be nobody, administrators, moderators or curators',
    })
    .default('nobody'),
  KBALERTZ_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((url) => isSecureOrLocal(url), 'must be an https address (http only on this machine)')
    .optional(),
  KBALERTZ_OIDC_CLIENT_ID: z.string().min(1).optional(),
  KBALERTZ_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  KBALERTZ_OIDC_NAME: z.string().min(1).max(60).default('your organisation'),
  KBALERTZ_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** What the command line sets; wins over the environment. */
export type ConfigOverrides = {
  readonly data?: string | undefined;
  readonly database?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
};

/** Reads the settings from environment variables (`KBALERTZ_…`) and the command line. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv, overrides: ConfigOverrides): Config {
  const parsed = environment.safeParse({
    ...withoutEmpty(env),
    ...(overrides.data !== undefined && { KBALERTZ_DATA: overrides.data }),
    ...(overrides.database !== undefined && { KBALERTZ_DATABASE: overrides.database }),
    ...(overrides.host !== undefined && { KBALERTZ_HOST: overrides.host }),
    ...(overrides.port !== undefined && { KBALERTZ_PORT: overrides.port }),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(
      `The setting ${issue?.path.join('.')} is wrong: ${issue?.message}. Nothing was started.`,
    );
  }
  const settings = parsed.data;
  const dataFolder = resolve(settings.KBALERTZ_DATA ?? join(homedir(), '.local/share/kbalertz'));
  return Object.freeze({
    dataFolder,
    database: settings.KBALERTZ_DATABASE
      ? { url: settings.KBALERTZ_DATABASE }
      : { file: join(dataFolder, 'kbalertz.sqlite') },
    host: settings.KBALERTZ_HOST,
    port: settings.KBALERTZ_PORT,
    publicUrl: (settings.KBALERTZ_PUBLIC_URL ?? `http://localhost:${settings.KBALERTZ_PORT}`).replace(
      /\/+$/,
      '',
    ),
    smtpUrl: settings.KBALERTZ_SMTP ?? null,
    mailFrom: { name: 'kbalertz', address: settings.KBALERTZ_MAIL_FROM },
    bounces: readBounceConfig(settings),
    domainLimits: {
      concurrency: settings.KBALERTZ_MAIL_PER_DOMAIN,
      perMinute: settings.KBALERTZ_MAIL_PER_MINUTE,
    },
    nameServers: settings.KBALERTZ_DNS.split(/[ ,]+/).filter((server) => server !== ''),
    contact: settings.KBALERTZ_CONTACT,
    localSources: settings.KBALERTZ_LOCAL_SOURCES.split(':')
      .filter((folder) => folder !== '')
      .map((folder) => resolve(folder)),
    privateHosts: splitList(settings.KBALERTZ_PRIVATE_HOSTS),
    metrics: readMetricsAddress(settings.KBALERTZ_METRICS, settings.KBALERTZ_METRICS_TOKEN ?? null),
    trustedProxies: settings.KBALERTZ_TRUSTED_PROXIES,
    fetchesImages: settings.KBALERTZ_FETCH_IMAGES,
    keepDays: settings.KBALERTZ_KEEP_DAYS === 'forever' ? null : settings.KBALERTZ_KEEP_DAYS,
    sealKey: settings.KBALERTZ_SEAL_KEY ?? null,
    takesAnonymousFeedback: settings.KBALERTZ_ANONYMOUS_FEEDBACK,
    passkeyFrom: readPasskeyRule(settings),
    provider: readProvider(settings),
    logLevel: settings.KBALERTZ_LOG,
  });
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
}

/** An address, or an address with the length of its prefix; the word `none` stands for no proxy at all. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (text === 'none') return true;
  return (
    version !== 0 && rest.length === 0 && (bits === undefined || isWithin(bits, version === 4 ? 32 : 128))
  );
}

const isWithin = (digits: string, most: number) => /^\d{1,3}$/.test(digits) && Number(digits) <= most;

function readMetricsAddress(text: string | undefined, token: string | null): Config['metrics'] {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(text ?? '') ?? [];
  return host === '' ? null : { host: host.replace(/^\[|\]$/g, ''), port: Number(port), token };
}

const passkeyRules = {
  nobody: null,
  administrators: 'administrator',
  moderators: 'moderator',
  curators: 'curator',
} as const;

function readPasskeyRule(settings: z.infer<typeof environment>): Role | null {
  const from = passkeyRules[settings.KBALERTZ_REQUIRE_PASSKEY];
  const { hostname } = new URL(settings.KBALERTZ_PUBLIC_URL ?? 'http://localhost');
  if (from === null || isIP(hostname.replace(/^\[|\]$/g, '')) === 0) return from;
  throw new ConfigError(
    'The setting KBALERTZ_REQUIRE_PASSKEY needs a KBALERTZ_PUBLIC_URL with a host name: passkeys are bound to one, and an address has none. Nothing was started.',
  );
}

function readProvider(settings: z.infer<typeof environment>): ProviderSettings | null {
  const { KBALERTZ_OIDC_ISSUER: issuer, KBALERTZ_OIDC_CLIENT_ID: clientId } = settings;
  if (issuer === undefined) return null;
  if (clientId === undefined) {
    throw new ConfigError(
      'The setting KBALERTZ_OIDC_CLIENT_ID is missing: the provider of KBALERTZ_OIDC_ISSUER gives it. Nothing was started.',
    );
  }
  const clientSecret = settings.KBALERTZ_OIDC_CLIENT_SECRET ?? null;
  return { issuer, clientId, clientSecret, name: settings.KBALERTZ_OIDC_NAME };
}

function isSecureOrLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** An empty variable, as compose files set it, is one that is not set. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}
