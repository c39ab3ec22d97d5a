/** What stands for an address in reports. Bounded, so that hostile text costs nothing. */
const addressPattern =
  /(?:"[^"\n@]{1,64}"|[^\s<>()[\]{}@,;:"|\\]{1,200})@(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,200}[\p{L}\p{N}])?|\[[\d.:a-fA-F]{3,45}\])/gu;

/** All addresses of a text in their order, doubles included. */
export function findAddresses(text: string): string[] {
  return [...text.slice(0, 20_000).matchAll(addressPattern)].map(([address]) => tidyAddress(address));
}

export function findAddress(text: string): string | null {
  return findAddresses(text)[0] ?? null;
}

function tidyAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/^[.*'`]+/, '');
  const domain = address.slice(at + 1).replace(/(\.[a-z]{2,24})[^\x20-\x7e].*$/i, '$1');
  return `${local}@${domain.toLowerCase()}`;
}

/** Addresses are the same when they differ in case only. */
export function addressKey(address: string): string {
  return address.toLowerCase();
}
