import type { Action } from '../site-app.ts';
import type { SiteMonitoring } from '../site-ports.ts';

/** For load balancers: 503 until everything can be answered. */
export function answerReadiness(monitoring: Pick<SiteMonitoring, 'findReadiness'>): Action {
  return async (c) => {
    const { isReady, waitsFor } = await monitoring.findReadiness();
    c.header('cache-control', 'no-store');
    return isReady ? c.text('ready\n') : c.text(`${waitsFor.join('\n')}\n`, 503);
  };
}
