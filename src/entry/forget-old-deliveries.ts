import type { Instant } from '../knowledge/ids.ts';
import { type Forgotten, forgetDeliveries } from '../store/retention.ts';
import type { Parts } from './compose.ts';

const dayMs = 86_400_000;
/** In one transaction: nobody waits for it long. */
const batch = 500;

/** Forgets, batch by batch, how mail was sent that ended longer ago than the operator wants to keep it. */
export async function forgetOldDeliveries({
  database,
  config,
  clock,
}: Pick<Parts, 'database' | 'config' | 'clock'>): Promise<Forgotten> {
  const total = { deliveries: 0, attempts: 0, notices: 0 };
  if (config.keepDays === null) return total;
  const endedBefore = (clock.now() - config.keepDays * dayMs) as Instant; // an earlier instant
  for (;;) {
    const some = await forgetDeliveries(database, { endedBefore, limit: batch });
    total.deliveries += some.deliveries;
    total.attempts += some.attempts;
    total.notices += some.notices;
    if (some.deliveries + some.notices === 0) return total;
  }
}
