import type { ImageReading } from '../../knowledge/images/image.ts';
import type { PoliteClient } from '../http/polite-client.ts';
import { maxImageBytes, recogniseImage } from './recognise-image.ts';

/** An image from the web, with the manners of every other visit. */
export async function readWebImage(
  client: Pick<PoliteClient, 'fetch'>,
  url: string,
  signal: AbortSignal,
): Promise<ImageReading> {
  const fetched = await client.fetch({ url, accept: 'image/*', maxBytes: maxImageBytes, signal });
  switch (fetched.kind) {
    case 'page':
      return recogniseImage(fetched.body);
    case 'missing':
      return { kind: 'missing', because: `the server answered ${fetched.status}` };
    case 'forbidden':
      return { kind: 'missing', because: fetched.because };
    case 'postponed':
    case 'failed':
      return { kind: 'later', because: fetched.because };
    case 'unchanged':
      return { kind: 'later', because: 'the server says that nothing changed' };
  }
}
