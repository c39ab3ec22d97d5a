import type { WorkplaceOptions } from '../cli/workplace.ts';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { composeMonitoring } from './monitoring/compose-monitoring.ts';
import { sealSecrets } from './seal-secrets.ts';
import { stopSignal } from './stop-signal.ts';
import { work } from './work.ts';

/** Scans, plans and sends until the process is asked to stop. */
export async function runWorker(options: WorkplaceOptions): Promise<void> {
  const config = readConfig(process.env, options);
  const log = createLog(config.logLevel);
  const parts = await compose(config);
  await sealSecrets(parts, log);
  const monitoring = composeMonitoring(parts, { log, searching: null });
  const metrics = await monitoring.serve();
  log.info('working');
  await work(parts, { log, signal: stopSignal(), report: monitoring.record });
  metrics?.close();
  await parts.close();
}
