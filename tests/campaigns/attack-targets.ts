/** Requests with what a reader may write into them; `data` is a form. */
export const sqlmapTargets: readonly { readonly path: string; readonly data: string | null }[] = [
  { path: '/search?q=outlook&page=1&sort=changed', data: null },
  { path: '/changes?technology=windows&from=minor&source=starter', data: null },
  { path: '/a/1/diff?from=1&to=2', data: null },
  { path: '/a/1*/r/1*', data: null },
  { path: '/technologies/windows*', data: null },
  { path: '/sign-in', data: 'address=ada@example.org&password=secret&next=/account' },
  { path: '/account/digest-time', data: 'zone=UTC&hour=7' },
  { path: '/api/v1/articles?limit=5&technology=windows', data: null },
];

const places = [
  '.env', '.git/config', '.git/HEAD', '.npmrc', '.well-known/security.txt', 'admin', 'admin/', 'admin/sources',
  'api', 'api/v1', 'api/v1/openapi.json', 'assets/', 'assets/site.js', 'backup', 'config', 'console', 'data',
  'data/kbalertz.sqlite', 'debug', 'docs', 'favicon.ico', 'healthz', 'help', 'help/readme', 'index.php', 'kbalertz.sqlite',
  'login', 'metrics', 'node_modules', 'outbox', 'package.json', 'phpinfo.php', 'readyz', 'robots.txt', 'server-status',
  'sitemap.xml', 'src/entry/main.ts', 'status', 'trace', 'wp-admin', 'xmlrpc.php', '.DS_Store', 'search.snapshot',
]; // biome-ignore format: a list of names
const escapes = [
  '../',
  '..%2f',
  '%2e%2e/',
  '..%5c',
  '....//',
  '%252e%252e%252f',
  '..;/',
  '%00',
  '%c0%ae%c0%ae/',
];
const prizes = ['etc/passwd', 'package.json', 'src/entry/main.ts'];
const rooms = [
  '',
  'help/',
  'help/images/',
  'assets/',
  'a/',
  'remedies/x/',
  'technologies/',
  'outbox/',
  'images/',
];
const oddities = [
  '%',
  '%ff',
  '%0d%0aSet-Cookie:x=1',
  'a/%',
  'a/-1',
  'a/99999999999999999999',
  'a/1/diff?from=x',
  "a/'",
  'search?q=%00',
  'search?q=%E0%A4%A',
  'changes?page=-1',
  'changes?from=%00',
  'a/1/r/0',
  'confirm/',
  'u/',
  'help/__proto__',
  'technologies/constructor',
];

/** Paths that are tried: places that give something away, ways out of a folder, and what a parser may stumble over. */
export const ffufWords: readonly string[] = [
  ...places,
  ...oddities,
  ...rooms.flatMap((room) =>
    escapes.flatMap((way) => prizes.map((prize) => `${room}${way.repeat(3)}${prize}`)),
  ),
];
