import { codeOf, StoreError, type StoreErrorCode } from '../store-error.ts';

/** By the beginning of the system's or PostgreSQL's code (its manual, appendix A); the first that fits. */
const explanations: readonly (readonly [
  begin: string,
  code: StoreErrorCode,
  explain: (server: string) => string,
])[] = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNRESET', 'EPIPE'].map(
    (begin) => [begin, 'UNREACHABLE', explainUnreachable] as const,
  ),
  ['08', 'UNREACHABLE', explainUnreachable],
  ['57P', 'UNREACHABLE', explainUnreachable],
  // idle_in_transaction_session_timeout: this process was frozen while it wrote.
  ['25P03', 'UNREACHABLE', explainUnreachable],
  [
    '28',
    'REFUSED',
    (server) => `${server} does not let this user in. Check the user and the password in --database.`,
  ],
  [
    '3D000',
    'REFUSED',
    (server) => `There is no such database on ${server}. Create it first (createdb), then run this again.`,
  ],
  [
    '42501',
    'REFUSED',
    (server) => `This user may not do that on ${server}. Make it the owner of the database.`,
  ],
  [
    '53100',
    'DISK_FULL',
    (server) =>
      `The disk of ${server} is full. What was kept before stays; what was under way was undone. Free some space and run it again.`,
  ],
  [
    '53',
    'OVERLOADED',
    (server) =>
      `${server} has no connection or memory left for this. Nothing was changed. Run it again later, or allow it more connections.`,
  ],
  [
    '55P03',
    'LOCKED',
    (server) => `Another process holds a lock on ${server} for too long. Nothing was changed. Run it again.`,
  ],
  [
    '40P01',
    'LOCKED',
    (server) => `Two processes waited for each other on ${server}; this one gave way. Run it again.`,
  ],
  [
    '25006',
    'READ_ONLY',
    (server) => `${server} only lets read. Nothing was changed. Use the primary server in --database.`,
  ],
  [
    'XX00',
    'DAMAGED',
    (server) => `${server} reports damaged data. Stop the program and restore the last backup (pg_restore).`,
  ],
];

function explainUnreachable(server: string): string {
  return `${server} does not answer. What was kept before stays. Check that it runs and that --database names it, then run this again.`;
}

/** The error that says in a sentence what is the matter with the server; any other error as it is. */
export function explainPostgresFailure(error: unknown, url: string): unknown {
  const given = codeOf(error) || codeOfSilentLoss(error);
  const found = given === '' ? undefined : explanations.find(([begin]) => given.startsWith(begin));
  if (!found) return error;
  const [, code, explain] = found;
  return new StoreError(code, explain(nameServer(url)), { cause: error });
}

/** pg gives no code when the connection ends without a word. */
function codeOfSilentLoss(error: unknown): string {
  return error instanceof Error &&
    /^Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/.test(
      error.message,
    )
    ? 'ECONNRESET'
    : '';
}

/** Host and database, never the password. */
export function nameServer(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `PostgreSQL at ${hostname || 'this host'}${port && `:${port}`} (database ${pathname.slice(1) || 'of the user'})`;
  } catch {
    return 'PostgreSQL';
  }
}
