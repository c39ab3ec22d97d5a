import { watch } from 'node:fs';

/** Edits come in bursts; the scan waits until they have ended. */
const usualQuietMs = 2000;

/**
 * Calls back some moments after anything below the directory changed, until the signal is aborted. Errors of the
 * watch end it and are told; the nightly scan goes on without it.
 */
export function watchFolder(options: {
  folder: string;
  onChange: () => void;
  onError: (error: Error) => void;
  signal: AbortSignal;
  quietMs?: number;
}): void {
  const { folder, onChange, onError, signal, quietMs = usualQuietMs } = options;
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true, persistent: false, signal }, () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
    timer.unref();
  });
  watcher.on('error', onError);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
