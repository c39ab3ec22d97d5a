import { statfs } from 'node:fs/promises';
import type { Trouble } from '../../store/troubles.ts';
import type { Parts } from '../compose.ts';

const hourMs = 3_600_000;
const gigabyte = 1024 ** 3;
/** Three nights, and the hours by which a scheduled scan may come early or late. */
const scanPatienceMs = 60 * hourMs;
/** A letter that is put off is tried again within four hours; one that was not is stuck. */
const letterPatienceMs = 6 * hourMs;
const planningPatienceMs = hourMs;

/** Everything that is wrong now and that a person has to mend, worst first. Sentences without addresses. */
export async function findTroubles(
  parts: Pick<Parts, 'config' | 'clock' | 'facts' | 'archive' | 'returned'>,
): Promise<Trouble[]> {
  return [
    ...(await findFullDisk(parts)),
    ...(await findStuckLetters(parts)),
    ...(await findLatePlanning(parts)),
    ...(await findPausedDomains(parts)),
    ...(await findHeldScans(parts)),
    ...(await findFailingScans(parts)),
  ];
}

async function findFullDisk({ config }: Pick<Parts, 'config'>): Promise<Trouble[]> {
  const { bavail, bsize } = await statfs(config.dataFolder);
  const free = bavail * bsize;
  if (free >= gigabyte) return [];
  const left = `${(free / gigabyte).toFixed(1)} GB`;
  return [
    {
      name: 'disk-nearly-full',
      sentence: `The disk of the data folder has only ${left} left. Free some space: a database that can't write loses nothing, but takes nothing in either.`,
    },
  ];
}

async function findStuckLetters({ facts, clock }: Pick<Parts, 'facts' | 'clock'>): Promise<Trouble[]> {
  const now = clock.now();
  const open = (await facts.listLetterStates()).filter(
    ({ oldestAt }) => oldestAt !== null && now - oldestAt > letterPatienceMs,
  );
  if (open.length === 0) return [];
  const count = open.reduce((sum, state) => sum + state.count, 0);
  const oldest = Math.min(...open.map(({ oldestAt }) => oldestAt ?? now));
  return [
    {
      name: 'letters-stuck',
      sentence: `${count} ${count === 1 ? 'mail is' : 'mails are'} under way, the oldest for ${hours(now - oldest)}. Look at Administration → Deliveries for what the mail server says.`,
    },
  ];
}

async function findLatePlanning({ facts, clock }: Pick<Parts, 'facts' | 'clock'>): Promise<Trouble[]> {
  const now = clock.now();
  const { oldestAt } = await facts.findPlanningQueue(now);
  if (oldestAt === null || now - oldestAt <= planningPatienceMs) return [];
  const late = await facts.countAccountsDueBefore(now - planningPatienceMs);
  return [
    {
      name: 'planning-late',
      sentence: `${late} ${late === 1 ? 'account waits' : 'accounts wait'} for a digest for more than an hour. Is "kbalertz serve" or "kbalertz worker" running, and what does its log say?`,
    },
  ];
}

async function findPausedDomains({ returned, clock }: Pick<Parts, 'returned' | 'clock'>): Promise<Trouble[]> {
  const paused = await returned.letters.listPausedDomains(clock.now());
  return paused.map(({ domain, reason, pausedUntil }) => {
    const until = new Date(pausedUntil).toISOString().slice(0, 16).replace('T', ' ');
    return {
      name: `domain-paused ${domain}`,
      sentence: `${domain} refuses our mail, for a reason that is ours and not the readers' (${reason}). Digests to it wait until ${until} UTC and are tried again then; nobody's address was suppressed. Administration → Deliveries has what its servers said; see "kbalertz doctor mail" for SPF, DKIM, DMARC and reverse DNS, ask the provider's postmaster, and press Resume when it is mended.`,
    };
  });
}

async function findHeldScans({ facts }: Pick<Parts, 'facts'>): Promise<Trouble[]> {
  return (await facts.listHeldScans()).map(({ scanId, source }) => ({
    name: `held-scan ${scanId}`,
    sentence: `Scan ${scanId} of ${source} is held, since it saw something implausible: nothing is retired until you look at it and accept it, or the next scan sees the articles again.`,
  }));
}

async function findFailingScans({
  facts,
  clock,
  archive,
}: Pick<Parts, 'facts' | 'clock' | 'archive'>): Promise<Trouble[]> {
  const now = clock.now();
  const failing = (await facts.listSourceLag()).filter(
    ({ failingSince }) => failingSince !== null && now - failingSince >= scanPatienceMs,
  );
  return Promise.all(
    failing.map(async ({ name, failingSince }) => {
      const source = await archive.findSource(name);
      const [last] = source === null ? [] : await archive.listScans({ sourceId: source.id, limit: 1 });
      const since = new Date(failingSince ?? now).toISOString().slice(0, 10);
      return {
        name: `scan-failing ${name}`,
        sentence: `${name} could not be scanned since ${since}. All its articles are kept, and it is tried again. The last try said: ${last?.problem ?? 'nothing.'}`,
      };
    }),
  );
}

function hours(ms: number): string {
  const count = Math.round(ms / hourMs);
  return count < 48 ? `${count} hours` : `${Math.round(count / 24)} days`;
}
