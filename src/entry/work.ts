import { asId } from '../knowledge/ids.ts';
import type { Parts } from './compose.ts';
import { createReadingsJob } from './create-readings-job.ts';
import { createFolderWatch } from './folder-watch.ts';
import { forgetOldDeliveries } from './forget-old-deliveries.ts';
import { listenForReturnedMail } from './listen-for-returned-mail.ts';
import type { Log } from './log.ts';
import { lookAfterFeedback } from './look-after-feedback.ts';
import type { Report } from './monitoring/measurement.ts';
import { repeat } from './repeat.ts';
import { scanDueSources } from './scan-due-sources.ts';
import { tellAdministrators } from './tell-administrators.ts';

const tenMinutesMs = 600_000;
const hourMs = 3_600_000;

/**
 * What happens without a visitor: scanning, planning, sending and tidying up, each in its own time, until the signal
 * comes. Any number of processes may do it on one database. Resolves when what was under way has ended.
 */
export async function work(
  parts: Parts,
  { log, signal, report }: { log: Log; signal: AbortSignal; report: Report },
): Promise<void> {
  const folders = createFolderWatch(parts, log);
  const keepReadings = createReadingsJob(parts);
  const jobs: { name: string; pauseMs: number; step: (signal: AbortSignal) => Promise<void> }[] = [
    {
      name: 'scan',
      pauseMs: 1000,
      step: (stop) =>
        scanDueSources({
          ...parts,
          log,
          report,
          signal: stop,
          chance: Math.random,
        }),
    },
    {
      name: 'plan',
      pauseMs: 5000,
      async step(stop) {
        await parts.matchSavedSearches(() => !stop.aborted);
        const planned = await parts.planDigests({ betweenBatches: async () => !stop.aborted });
        if (planned.digests > 0) log.info(planned, 'digests planned');
        report({ kind: 'digests', count: planned.digests });
      },
    },
    {
      name: 'send',
      pauseMs: 1000,
      async step() {
        const tally = await parts.attemptDueDeliveries();
        report({ kind: 'deliveries', outcomes: tally });
        if (Object.values(tally).some((count) => count > 0)) log.info(tally, 'deliveries attempted');
      },
    },
    {
      name: 'send by channels',
      pauseMs: 1000,
      async step() {
        const tally = await parts.attemptDueMessages();
        report({ kind: 'deliveries', outcomes: tally });
        if (Object.values(tally).some((count) => count > 0))
          log.info(tally, 'messages by channels attempted');
      },
    },
    {
      name: 'keep images',
      pauseMs: 30_000,
      async step(stop) {
        while (!stop.aborted) {
          const done = await parts.keepImages(stop);
          if (done.articles + done.images === 0) return;
          log.debug(done, 'images kept');
        }
      },
    },
    {
      name: 'keep readings',
      pauseMs: 2000,
      async step(stop) {
        const { made } = await keepReadings(stop);
        if (made > 0) log.info({ articles: made }, 'readings of articles kept for their pages');
      },
    },
    { name: 'tell administrators', pauseMs: tenMinutesMs, step: () => tellAdministrators(parts) },
    { name: 'look after feedback', pauseMs: 2000, step: lookAfterFeedback(parts) },
    { name: 'watch folders', pauseMs: 30_000, step: () => folders.refresh() },
    {
      name: 'report to teams',
      pauseMs: hourMs,
      async step() {
        const told = await parts.teams.reportWeeks();
        if (told.reports + told.letters > 0) log.info(told, 'weekly reports of teams');
      },
    },
    {
      name: 'tidy up',
      pauseMs: hourMs,
      async step() {
        log.debug(await parts.accounts.forgetExpired(), 'forgot what has run out');
        await parts.images.deleteUnusedContents();
        await parts.returned.forgetExpired();
        const forgotten = await forgetOldDeliveries(parts);
        log.debug(forgotten, 'forgot how old mail was sent');
        await parts.apiTokens.forgetEnded();
        await parts.idempotentRequests.forgetBefore(asId(parts.clock.now() - 24 * hourMs));
      },
    },
  ];
  const returnedMail = listenForReturnedMail(parts.returned, { log, signal });
  await Promise.all(jobs.map((job) => repeat({ ...job, signal, log, report })));
  folders.stop();
  await returnedMail;
}
