/** Width and height of a PNG in pixels, so that a page need not shift when it comes (PNG, 11.2.1: they stand first). */
export function imageSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
