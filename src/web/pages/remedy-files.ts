import { notFoundPage } from '../parts/problem-page.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** A script of a remedy, or its signature (`.sig` after its name, base64): the bytes that the checksum is of. */
export function downloadRemedyFile({ remedies }: Pick<SitePorts, 'remedies'>): Action {
  return async (c) => {
    const name = c.req.param('file') ?? '';
    const offered = await remedies.findRemedy(c.req.param('id') ?? '');
    const script = offered?.scripts.find((one) => one.name === name.replace(/\.sig$/, ''));
    if (script === undefined) return notFoundPage(c, 'page');
    const body = name.endsWith('.sig') ? `${script.signature}\n` : new Uint8Array(script.bytes);
    return c.body(body, 200, attachment(name));
  };
}

/** The public key that signatures are checked with (PEM). */
export function downloadRemedyKey({ remedies }: Pick<SitePorts, 'remedies'>): Action {
  return async (c) => c.body(await remedies.readPublicKey(), 200, attachment('kbalertz-remedies.pem'));
}

function attachment(name: string): Record<string, string> {
  return {
    // No browser runs it, whatever its name says.
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-cache',
  };
}
