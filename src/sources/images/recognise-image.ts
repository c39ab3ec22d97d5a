import { imageSize } from 'image-size';
import type { ImageReading, ImageType } from '../../knowledge/images/image.ts';

/** A larger image is not kept; a page should not weigh more than its text does in hours of reading. */
export const maxImageBytes = 5_000_000;
const maxPixels = 60_000_000;

/** Raster images that browsers show. SVG is not among them: it is a program. */
const types: Readonly<Record<string, ImageType>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
};
/** Dimensions stand near the front; what is said further behind is not looked for. */
const headBytes = 512 * 1024;

/** Judges bytes by what they are, whatever their name or server says of them. */
export function recogniseImage(bytes: Uint8Array): ImageReading {
  if (bytes.length > maxImageBytes)
    return { kind: 'missing', because: `it has more than ${maxImageBytes} bytes` };
  try {
    const { type = '', width, height } = imageSize(bytes.subarray(0, headBytes));
    const known = types[type];
    if (known === undefined) return { kind: 'missing', because: 'it is no image of a kind that is kept' };
    if (!(width > 0 && height > 0 && width * height <= maxPixels)) {
      return { kind: 'missing', because: `it measures ${width} by ${height} pixels` };
    }
    return { kind: 'image', image: { bytes, type: known, width, height } };
  } catch {
    return { kind: 'missing', because: 'it is no image of a kind that is kept' };
  }
}
