import { readFileSync, statfsSync } from 'node:fs';

const folder = '/dev/shm';
const leastBytes = 4 * 2 ** 30;

/**
 * A folder that is kept in memory, with room for all that tests write; null where there is none. A test makes hundreds
 * of small files for each database, which takes a disk twenty times as long.
 */
export const memoryFolder = findMemoryFolder();

function findMemoryFolder(): string | null {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, place]) => place === folder);
    const options = mount?.[3]?.split(',') ?? [];
    const { bavail, bsize } = statfsSync(folder);
    // Containers often have 64 MB there, and run no programs from it.
    const isFit = options.includes('rw') && !options.includes('noexec') && bavail * bsize >= leastBytes;
    return isFit ? folder : null;
  } catch {
    return null; // no Linux
  }
}
