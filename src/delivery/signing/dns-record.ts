import type { KeyObject } from 'node:crypto';

/** The TXT record of a DKIM key (RFC 6376, 3.6.1; RFC 8463 for Ed25519, whose key is bare). */
export function writeDnsRecord(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const isRsa = publicKey.asymmetricKeyType === 'rsa';
  // The last 32 bytes of an Ed25519 key are the key; what is before them names the algorithm.
  const bytes = isRsa ? spki : spki.subarray(-32);
  return `v=DKIM1; k=${isRsa ? 'rsa' : 'ed25519'}; p=${bytes.toString('base64')}`;
}

/** The record as a line of a zone file: strings in a TXT record have at most 255 octets. */
export function writeZoneLine(name: string, record: string): string {
  const strings = record.match(/.{1,250}/g) ?? [];
  return `${name}. IN TXT ( ${strings.map((part) => `"${part}"`).join(' ')} )`;
}
