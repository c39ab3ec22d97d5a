import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SourceError } from '../../knowledge/source.ts';

/** Where a repository is: on the web, or in a folder or bundle on this machine. */
export type GitLocation =
  | { readonly kind: 'web'; readonly url: URL }
  | { readonly kind: 'local'; readonly path: string };

/**
 * Reads the URL of a git source. Only https and local paths are locations: git's other transports run programs or send
 * in the clear. Throws SourceError (`refused`).
 */
export function readGitLocation(text: string): GitLocation {
  const location = text.trim();
  if (location === '' || location.startsWith('-') || /\p{Cc}/u.test(location)) {
    throw refuse('it is neither a URL nor a path');
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(location)?.[1]?.toLowerCase();
  if (scheme === 'https') {
    if (!URL.canParse(location)) throw refuse('it is no URL');
    return { kind: 'web', url: new URL(location) };
  }
  if (scheme === 'file') {
    try {
      return { kind: 'local', path: fileURLToPath(location) };
    } catch (cause) {
      throw refuse('its file: URL names no path on this machine', cause);
    }
  }
  if (scheme !== undefined) throw refuse(`${scheme}: is no way to fetch it; only https and local paths are`);
  // git reads `host:path` as ssh unless a slash comes before the colon.
  if (/^[^/]*:/.test(location)) throw refuse('only https and local paths are fetched, not ssh');
  return { kind: 'local', path: isAbsolute(location) ? location : resolve(location) };
}

/** The location for messages: without user name and password. */
export function describeLocation(location: GitLocation): string {
  if (location.kind === 'local') return location.path;
  const bare = new URL(location.url);
  bare.username = '';
  bare.password = '';
  return bare.href;
}

function refuse(because: string, cause?: unknown): SourceError {
  return new SourceError('refused', `This git source was not read: ${because}.`, { cause });
}
