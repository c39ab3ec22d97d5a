import { stat } from 'node:fs/promises';
import type { Finding } from '../../cli/workplace.ts';
import type { Parts } from '../compose.ts';
import type { Config } from '../config.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const good = (sentence: string): Finding => ({ level: 'good', sentence });
const warning = (sentence: string): Finding => ({ level: 'warning', sentence });
const problem = (sentence: string): Finding => ({ level: 'problem', sentence });

/** What a disk, a clock or a dead process may have got wrong. */
export async function examineMachine({
  config,
  facts,
  clock,
}: Pick<Parts, 'config' | 'facts' | 'clock'>): Promise<Finding[]> {
  return [
    await examineFolder(config.dataFolder),
    examineClock(clock.now(), await facts.findLastRecordedAt()),
    ...(await facts.listStaleLeases(Date.now())).map(({ name, expiredAt }) =>
      warning(
        `The work "${name}" was left behind by a process that ended ${ago(Date.now() - expiredAt)} ago. The next one takes it over; nothing is to be done unless this stays so.`,
      ),
    ),
  ];
}

async function examineFolder(folder: string): Promise<Finding> {
  const { mode, uid } = await stat(folder);
  const own = process.getuid?.() ?? uid;
  const rights = `rights ${(mode & 0o777).toString(8)}`;
  if ((mode & 0o022) !== 0) {
    return problem(`Others may write into ${folder} (${rights}). Run: chmod 700 ${folder}`);
  }
  if ((mode & 0o007) !== 0) {
    return warning(`Everybody on this machine may look into ${folder} (${rights}). Run: chmod 700 ${folder}`);
  }
  if (uid !== own && own !== 0) {
    return warning(
      `${folder} belongs to another user. Run kbalertz as that user, or give it the folder: chown -R.`,
    );
  }
  return good(`Only its owner and group may look into ${folder}.`);
}

/** A clock that lies behind what was recorded was set back, or was wrong before. */
function examineClock(now: number, lastRecordedAt: number | null): Finding {
  if (lastRecordedAt !== null && lastRecordedAt - now > 5 * minuteMs) {
    return problem(
      `The clock says ${minute(now)}, but something was recorded at ${minute(lastRecordedAt)}. Set it right (timedatectl, NTP): until it passes that time, digests may wait.`,
    );
  }
  return good(`The clock says ${minute(now)} UTC.`);
}

/** What is under way, and how long it has been. */
export async function examineLetters({ facts, clock }: Pick<Parts, 'facts' | 'clock'>): Promise<Finding[]> {
  const now = clock.now();
  const open = (await facts.listLetterStates()).filter(({ oldestAt }) => oldestAt !== null);
  if (open.length === 0) return [good('No mail is waiting to be sent.')];
  return open.map(({ queue, state, count, oldestAt }) => {
    const ageMs = now - (oldestAt ?? now);
    const sentence = `${count} ${queue} are ${state}, the oldest for ${ago(ageMs)}.`;
    if (ageMs <= hourMs) return good(sentence);
    if (ageMs <= 6 * hourMs) return warning(sentence);
    return problem(`${sentence} Look at Administration → Deliveries for what the mail server says.`);
  });
}

/** Whether what readers see, what is listened on and what proxies say fit together. */
export function examineAddresses(
  config: Pick<Config, 'host' | 'publicUrl' | 'trustedProxies' | 'metrics' | 'smtpUrl'>,
): Finding[] {
  const { host, publicUrl, trustedProxies, metrics, smtpUrl } = config;
  const { protocol, hostname, pathname } = new URL(publicUrl);
  const findings: Finding[] = [];
  if (pathname !== '/') {
    findings.push(
      problem(
        `KBALERTZ_PUBLIC_URL has a path (${pathname}). The site works only at the root of a host: give it a name of its own.`,
      ),
    );
  }
  if (protocol === 'http:' && !isLoopback(hostname)) {
    findings.push(
      warning(
        `Readers reach the site without TLS (${publicUrl}): passwords and sessions can be read on the way. Put a proxy with TLS in front and set KBALERTZ_PUBLIC_URL to its https address.`,
      ),
    );
  }
  if (protocol === 'https:' && !isLoopback(host)) {
    findings.push(
      warning(
        `The site listens on ${host} without TLS, beside the proxy of ${publicUrl}. Let it listen where only the proxy reaches it, and name the proxy in KBALERTZ_TRUSTED_PROXIES (now ${trustedProxies.join(', ')}).`,
      ),
    );
  }
  if (trustedProxies.some((network) => /\/0$/.test(network))) {
    findings.push(
      problem(
        'KBALERTZ_TRUSTED_PROXIES believes everybody: any client can claim another address and pass the limits. Name your proxies only.',
      ),
    );
  }
  if (metrics !== null && metrics.token === null && !isLoopback(metrics.host)) {
    findings.push(
      warning(
        `Whoever reaches ${metrics.host}:${metrics.port} can read the metrics. Set KBALERTZ_METRICS_TOKEN, or listen on 127.0.0.1.`,
      ),
    );
  }
  if (smtpUrl !== null && isUnprotected(smtpUrl)) {
    findings.push(
      warning(
        'Mail goes to port 25 of another machine with a password. Use port 587 (smtp://) or 465 (smtps://), which encrypt before they ask for it.',
      ),
    );
  }
  return findings;
}

function isUnprotected(smtpUrl: string): boolean {
  const { protocol, hostname, port, password } = new URL(smtpUrl);
  return protocol === 'smtp:' && password !== '' && !isLoopback(hostname) && (port === '' || port === '25');
}

const isLoopback = (host: string) => /^(localhost|127\.[\d.]+|\[?::1\]?)$/.test(host);
const minute = (instant: number) => new Date(instant).toISOString().slice(0, 16).replace('T', ' ');

function ago(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / minuteMs));
  if (minutes < 120) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}
