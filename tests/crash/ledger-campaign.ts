/**
 * Kills workers at random while digests flow into a mail server, and checks that the ledger keeps its promise. Exits
 * with 1 when it does not.
 *
 *     node tests/crash/ledger-campaign.ts [--database sqlite|postgres] [--kills N] [--workers N] [--accounts N]
 *         [--policy right|cursor-on-read|never-resend|new-message-id]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../databases/postgres-server.ts';
import { policies } from './campaign-settings.ts';
import { runCampaign } from './run-campaign.ts';

const { values: options } = parseArgs({
  options: {
    database: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '200' },
    workers: { type: 'string', default: '2' },
    accounts: { type: 'string', default: '150' },
    policy: { type: 'string', default: 'right' },
  },
});
const policy = policies.find((name) => name === options.policy);
if (policy === undefined) throw new Error(`Policies are ${policies.join(', ')}.`);
const server = options.database === 'postgres' ? await startPostgres([]) : null;
const folder = mkdtempSync(join(tmpdir(), 'kbalertz-campaign-'));
const start = performance.now();
const { violations, ...report } = await runCampaign({
  location: server ? { url: server.url } : { file: join(folder, 'kbalertz.sqlite') },
  workers: Number(options.workers),
  kills: Number(options.kills),
  accounts: Number(options.accounts),
  policy,
  onProgress: (line) => process.stderr.write(`${line}\n`),
});
await server?.remove();
rmSync(folder, { recursive: true, force: true });
console.log({ database: options.database, policy, workers: Number(options.workers), ...report });
console.log(`${Math.round((performance.now() - start) / 1000)} s`);
for (const violation of violations.slice(0, 20)) console.log(`VIOLATION: ${violation}`);
console.log(`${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
