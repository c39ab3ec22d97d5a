import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

export type Asset = {
  /** With a hash of its content, so that it may be kept for ever. */
  readonly href: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly brotliBytes: Uint8Array<ArrayBuffer>;
};

const folder = join(import.meta.dirname, '../assets');

function makeAsset(name: string, contentType: string, text: string): Asset {
  const [stem = '', extension = ''] = name.split('.');
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 10);
  const bytes = new Uint8Array(Buffer.from(text));
  const brotliBytes = new Uint8Array(brotliCompressSync(bytes));
  return { href: `/assets/${stem}.${hash}.${extension}`, contentType, bytes, brotliBytes };
}

/** All style sheets in the order of their names, as one. */
function readStyles(): string {
  const files = readdirSync(join(folder, 'styles')).sort();
  return minifyStyles(files.map((file) => readFileSync(join(folder, 'styles', file), 'utf8')).join('\n'));
}

/** Drops comments and the white space that means nothing outside of strings and selectors. */
export function minifyStyles(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/ > /g, '>')
    .replace(/([\s:,(])0\.(\d)/g, '$1.$2')
    .replaceAll(';}', '}')
    .trim();
}

const read = (file: string) => readFileSync(join(folder, file), 'utf8');

/** What every page links to; read once, when the program starts. */
export const assets = {
  styles: makeAsset('look.css', 'text/css; charset=utf-8', readStyles()),
  script: makeAsset('site.js', 'text/javascript; charset=utf-8', read('site.js')),
  /** On the pages about signing in only. */
  passkeys: makeAsset('passkeys.js', 'text/javascript; charset=utf-8', read('passkeys.js')),
  /** On the page of channels only. */
  push: makeAsset('push.js', 'text/javascript; charset=utf-8', read('push.js')),
  icon: makeAsset('icon.svg', 'image/svg+xml', read('icon.svg')),
} as const;
