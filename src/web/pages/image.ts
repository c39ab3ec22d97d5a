import { notFoundPage } from '../parts/problem-page.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** Our own copy of an image, named by what it holds: it never changes under its address. */
export function showImage({ images }: Pick<SitePorts, 'images'>): Action {
  return async (c) => {
    const [, hash] = /^([0-9a-f]{64})\.[a-z]{3,4}$/.exec(c.req.param('name') ?? '') ?? [];
    const image = hash === undefined ? null : await images.loadImage(hash);
    if (image === null) return notFoundPage(c, 'page');
    return c.body(new Uint8Array(image.bytes), 200, {
      'content-type': image.type,
      'cache-control': 'public, max-age=31536000, immutable',
    });
  };
}
