/**
 * Kills workers at random while digests flow into a mail server, or by webhooks, and checks that the ledger keeps its promise. Exits
 * with 1 when it does not. With `--restarts`, PostgreSQL itself is killed as often meanwhile, in turn by an immediate
 * shutdown and by SIGKILL. `--sound` first shows that the checker notices each wrong policy.
 *
 *     node tests/crash/ledger-campaign.ts [--database sqlite|postgres] [--kills N] [--restarts N] [--workers N]
 *         [--accounts N] [--by mail|webhook] [--policy right|cursor-on-read|never-resend|new-message-id|new-bytes]
 *         [--sound] [--minutes N]
 *
 * The long ones: npm run campaign, npm run campaign:channels
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../databases/postgres-server.ts';
import { policies, ways, wrongPolicies } from './campaign-settings.ts';
import { runCampaign } from './run-campaign.ts';
import { tryWrongPolicy } from './try-wrong-policy.ts';

const { values: options } = parseArgs({
  options: {
    database: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '200' },
    restarts: { type: 'string', default: '0' },
    minutes: { type: 'string', default: '1440' },
    sound: { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
    accounts: { type: 'string', default: '150' },
    policy: { type: 'string', default: 'right' },
    by: { type: 'string', default: 'mail' },
  },
});
const policy = policies.find((name) => name === options.policy);
if (policy === undefined) throw new Error(`Policies are ${policies.join(', ')}.`);
const way = ways.find((name) => name === options.by);
if (way === undefined) throw new Error(`Digests go by ${ways.join(' or ')}.`);
const restarts = Number(options.restarts);
if (restarts > 0 && options.database !== 'postgres')
  throw new Error('Only PostgreSQL is a server to restart.');

if (options.sound) {
  for (const wrong of wrongPolicies[way]) {
    const found = await tryWrongPolicy(way, wrong);
    console.log(`the checker on ${wrong}: ${found.length} violations, such as: ${found[0] ?? 'none'}`);
    if (found.length === 0)
      throw new Error('The checker does not notice; its verdict would be worth nothing.');
  }
}

const server = options.database === 'postgres' ? await startPostgres(['max_connections=200']) : null;
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-campaign-'));
const start = performance.now();
let crashes = 0;
const { violations, ...report } = await runCampaign({
  location: server ? { url: server.url } : { file: join(folder, 'kbalertz.sqlite') },
  workers: Number(options.workers),
  kills: Number(options.kills),
  accounts: Number(options.accounts),
  mostMinutes: Number(options.minutes),
  policy,
  way,
  ...(server && {
    restarts: {
      count: restarts,
      crash: () => server.crash(crashes++ % 2 === 0 ? 'SIGQUIT' : 'SIGKILL'),
    },
  }),
  onProgress: (line) => process.stderr.write(`${line}\n`),
});
await server?.remove();
rmSync(folder, { recursive: true, force: true });
console.log({ database: options.database, by: way, policy, workers: Number(options.workers), ...report });
console.log(`${Math.round((performance.now() - start) / 1000)} s`);
for (const violation of violations.slice(0, 20)) console.log(`VIOLATION: ${violation}`);
console.log(`${violations.length} violations`);
// At once: the package of PostgreSQL ends a process that has nothing left to do with 0, whatever status was set.
process.exit(violations.length > 0 ? 1 : 0);
