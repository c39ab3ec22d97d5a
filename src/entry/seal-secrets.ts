import { sealExisting } from '../store/seal-existing.ts';
import { SealError } from '../store/sealer.ts';
import type { Parts } from './compose.ts';
import type { Log } from './log.ts';

/**
 * Seals what an older version left open, and says loudly when the key is not here. Nothing is held up by that but
 * digests by channels, which wait.
 */
export async function sealSecrets(
  { database, sealer }: Pick<Parts, 'database' | 'sealer'>,
  log: Log,
): Promise<void> {
  try {
    await sealer.check();
    const sealed = await sealExisting(database, sealer);
    if (sealed > 0) log.info({ sealed }, 'secrets of channels and feeds were sealed');
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    log.error({ err: error }, 'secrets of channels can not be opened');
  }
}
