import { join } from 'node:path';
import type { ReadImage } from '../knowledge/images/image.ts';
import { readFolderFile } from '../sources/folder/read-folder-file.ts';
import { readRepositoryFile } from '../sources/git/read-repository-file.ts';
import type { PoliteClient } from '../sources/http/polite-client.ts';
import { readWebImage } from '../sources/images/read-web-image.ts';
import { maxImageBytes, recogniseImage } from '../sources/images/recognise-image.ts';
import type { Config } from './config.ts';

/** Reads images from where the articles of each kind of source have them. */
export function createImageReader(parts: {
  readonly config: Pick<Config, 'dataFolder'>;
  readonly client: PoliteClient;
  readonly isLocalPathAllowed: (path: string) => boolean;
}): ReadImage {
  const { config, client, isLocalPathAllowed } = parts;
  const limits = { maxBytes: maxImageBytes };
  return async (source, { kind, address }, signal) => {
    if (kind === 'web') return readWebImage(client, address, signal);
    const bytes =
      source.kind === 'git'
        ? await readRepositoryFile({
            ...limits,
            cacheFolder: join(config.dataFolder, 'git'),
            source,
            path: address,
            signal,
          })
        : await readFolderFile({ ...limits, url: source.url, path: address, isLocalPathAllowed });
    return bytes === null
      ? { kind: 'missing', because: 'the source has no such file, or one that is too large' }
      : recogniseImage(bytes);
  };
}
