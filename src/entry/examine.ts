import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Finding } from '../cli/workplace.ts';
import type { Scan, Source } from '../knowledge/source.ts';
import { SealError } from '../store/sealer.ts';
import type { Parts } from './compose.ts';
import { ConfigError } from './config.ts';
import { examineAddresses, examineLetters, examineMachine } from './monitoring/examine-machine.ts';

const gigabyte = 1024 ** 3;
const dayMs = 86_400_000;

/** Looks at everything that an operator can mend, and says in sentences what to do. Changes nothing. */
export async function examine(parts: Parts): Promise<Finding[]> {
  return [
    ...(await examineStorage(parts)),
    ...(await examineMachine(parts)),
    ...(await examineSealKey(parts)),
    await examineGit(),
    ...(await examineSources(parts)),
    ...(await examinePeople(parts)),
    ...examineMail(parts),
    ...examineAddresses(parts.config),
    ...(await examineLetters(parts)),
  ];
}

async function examineStorage({ config, database, archive }: Parts): Promise<Finding[]> {
  const { active, retired, revisions } = await archive.countArticles();
  const kind = database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  const space = await statfs(config.dataFolder);
  const free = space.bavail * space.bsize;
  return [
    {
      level: 'good',
      sentence: `The ${kind} database answers and is up to date: ${active} articles, ${retired} retired, ${revisions} revisions.`,
    },
    free < gigabyte
      ? {
          level: 'problem',
          sentence: `The disk of ${config.dataFolder} has only ${format(free)} left. Free some space.`,
        }
      : { level: 'good', sentence: `The disk of ${config.dataFolder} has ${format(free)} left.` },
  ];
}

async function examineSealKey({ sealer }: Parts): Promise<Finding[]> {
  try {
    await sealer.check();
    return [];
  } catch (error) {
    if (!(error instanceof SealError) && !(error instanceof ConfigError)) throw error;
    return [{ level: 'problem', sentence: error.message }];
  }
}

async function examineGit(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], { timeout: 10_000 });
    return { level: 'good', sentence: `Git sources can be read with ${stdout.trim()}.` };
  } catch {
    return {
      level: 'warning',
      sentence: 'There is no git on this machine, so git sources cannot be scanned. Install it.',
    };
  }
}

async function examineSources({ archive, clock }: Parts): Promise<Finding[]> {
  const sources = await archive.listSources();
  if (sources.length === 0) {
    return [
      {
        level: 'warning',
        sentence: 'No source is watched yet. Add one with: kbalertz source add NAME --kind git --url URL',
      },
    ];
  }
  return Promise.all(
    sources.map(async (source) => {
      const scans = await archive.listScans({ sourceId: source.id, limit: 20 });
      return judgeSource(source, scans, clock.now());
    }),
  );
}

/** `scans` newest first. */
function judgeSource(source: Source, scans: readonly Scan[], now: number): Finding {
  const [last] = scans;
  const { name } = source;
  if (source.state === 'paused')
    return {
      level: 'warning',
      sentence: `${name} is paused. Resume it with: kbalertz source resume ${name}`,
    };
  if (!last)
    return { level: 'warning', sentence: `${name} was never scanned. Scan it with: kbalertz scan ${name}` };
  if (last.state === 'failed') {
    const good = scans.find((scan) => scan.state === 'done' || scan.state === 'unchanged');
    const since = good ? `since ${day(good.startedAt)}` : 'since it was added';
    return {
      level: 'problem',
      sentence: `${name} could not be scanned ${since}: ${last.problem ?? 'no reason was kept.'}`,
    };
  }
  if (last.state === 'held') {
    return {
      level: 'problem',
      sentence: `${name} is held: ${last.problem ?? ''} Accept it with: kbalertz source accept ${last.id}`,
    };
  }
  if (now - last.startedAt > 2 * dayMs) {
    return {
      level: 'problem',
      sentence: `${name} was last scanned on ${day(last.startedAt)}. Is "kbalertz serve" or "kbalertz worker" running?`,
    };
  }
  if (last.warnings.length > 0) {
    return {
      level: 'warning',
      sentence: `${name} was scanned, with ${last.warnings.length} warnings; the first: ${last.warnings[0]}`,
    };
  }
  return { level: 'good', sentence: `${name} was scanned on ${day(last.startedAt)}.` };
}

async function examinePeople({ accounts, overview, clock }: Parts): Promise<Finding[]> {
  const counts = await accounts.countAccounts();
  const overdue = await overview.countOverdueAccounts(clock.now());
  const findings: Finding[] = [];
  if (counts.administrators === 0) {
    findings.push({
      level: 'warning',
      sentence:
        'Nobody administers it yet. "kbalertz serve" prints the link that makes the first administrator.',
    });
  }
  findings.push({
    level: 'good',
    sentence: `${counts.confirmed} confirmed accounts, ${counts.unconfirmed} waiting for their confirmation.`,
  });
  if (overdue > 0) {
    findings.push({
      level: 'problem',
      sentence: `${overdue} accounts wait for a digest for more than an hour. Is "kbalertz serve" or "kbalertz worker" running?`,
    });
  }
  return findings;
}

function examineMail({ config }: Parts): Finding[] {
  if (config.smtpUrl === null) {
    return [
      {
        level: 'warning',
        sentence:
          'No mail server is set (KBALERTZ_SMTP): messages stay in the outbox, where administrators read them.',
      },
    ];
  }
  const isLocal = /^https?:\/\/(localhost|127\.|\[::1\])/.test(config.publicUrl);
  return [
    isLocal
      ? {
          level: 'problem',
          sentence: `Mails would link to ${config.publicUrl}, which nobody else can open. Set KBALERTZ_PUBLIC_URL.`,
        }
      : { level: 'good', sentence: `Mail goes out from ${config.mailFrom.address}.` },
  ];
}

const format = (bytes: number) => `${(bytes / gigabyte).toFixed(1)} GB`;
const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
