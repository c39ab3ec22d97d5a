import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Way, WrongPolicy } from './campaign-settings.ts';
import { runCampaign } from './run-campaign.ts';

/**
 * Lets workers go about it wrongly until the checker notices, in at most `campaigns`; returns the violations of the
 * last one. A kill at random hits the moment that matters often, not always.
 */
export async function tryWrongPolicy(way: Way, policy: WrongPolicy, campaigns = 6): Promise<string[]> {
  let violations: readonly string[] = [];
  for (let n = 0; n < campaigns && violations.length === 0; n += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'kbalertz-campaign-'));
    try {
      const location = { file: join(folder, 'kbalertz.sqlite') };
      ({ violations } = await runCampaign({ location, way, workers: 1, kills: 12, accounts: 40, policy }));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return [...violations];
}
