import type { Database } from '../../src/store/database.ts';
import { createSealer, type Sealer } from '../../src/store/sealer.ts';

/** Seals with a key that is `fill` 32 times. */
export function openSealer(database: Pick<Database, 'db'>, fill = 7): Sealer {
  const key = Buffer.alloc(32, fill);
  return createSealer(database, { load: async () => key, make: async () => key, place: 'the test' });
}
