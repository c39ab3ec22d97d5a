import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealKeys } from '../store/sealer.ts';
import { type Config, ConfigError } from './config.ts';

/**
 * The key that secrets in the database are sealed with: the setting, which several machines share, else a file of the
 * data folder that only its owner reads, made when it is first needed.
 */
export function createSealKeys({ sealKey, dataFolder }: Pick<Config, 'sealKey' | 'dataFolder'>): SealKeys {
  if (sealKey !== null) {
    const key = Buffer.from(sealKey, 'base64');
    return { place: 'KBALERTZ_SEAL_KEY', load: async () => key, make: async () => key };
  }
  const file = join(dataFolder, 'seal-key');
  const load = async (): Promise<Buffer | null> => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length !== 32) {
      throw new ConfigError(
        `${file} holds no key: 32 bytes in base64. Nothing was changed; bring it back from a backup.`,
      );
    }
    return key;
  };
  return {
    place: file,
    load,
    async make() {
      await mkdir(dataFolder, { recursive: true, mode: 0o700 });
      const key = randomBytes(32);
      const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
      await writeFile(unfinished, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
      try {
        await link(unfinished, file); // whole or not at all
        return key;
      } catch (error) {
        // Another process was first: its key counts.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // what link rejects with
        return (await load()) ?? key;
      } finally {
        await rm(unfinished);
      }
    },
  };
}
