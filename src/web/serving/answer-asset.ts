import type { Action } from '../site-app.ts';
import { type Asset, assets } from './assets.ts';

/** Answers with an asset that never changes under its name. */
export const answerAsset: Action = (c) => {
  const asset = Object.values<Asset>(assets).find((candidate) => candidate.href === c.req.path);
  if (asset === undefined) return c.text('There is no such asset.', 404);
  const takesBrotli = /\bbr\b/.test(c.req.header('accept-encoding') ?? '');
  return c.body(takesBrotli ? asset.brotliBytes : asset.bytes, 200, {
    'content-type': asset.contentType,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
    ...(takesBrotli && { 'content-encoding': 'br' }),
  });
};
