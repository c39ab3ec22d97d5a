/** A mail address as it was given, and the form in which two are the same person's. */
export type Address = { readonly kind: 'address'; readonly address: string; readonly key: string };
export type BadAddress = { readonly kind: 'bad-address'; readonly sentence: string };

const bad = (sentence: string): BadAddress => ({ kind: 'bad-address', sentence });
const maxOctets = 254; // RFC 5321, 4.5.3.1.3: a path of 256 octets, less its brackets
const maxLocalOctets = 64; // RFC 5321, 4.5.3.1.1

/**
 * Reads a mail address that a person typed: RFC 5321 dot-string local parts, also in UTF-8 (RFC 6531), and domain
 * names, also internationalised (kept in ASCII, so that every server takes them). Quoted local parts, address
 * literals and lists are refused: nobody's mailbox needs them and header injection feeds on them.
 */
export function parseAddress(text: string): Address | BadAddress {
  const trimmed = text.trim().normalize('NFC');
  if (trimmed === '') return bad('Please type your e-mail address.');
  // Control, format, separator and unassigned characters: line breaks would inject headers, marks of direction deceive.
  if (/[\p{C}\p{Z}]/u.test(trimmed)) return bad('An e-mail address has no spaces or invisible characters.');
  if (/[<>()[\]\\,;:"]/.test(trimmed)) return bad('Please type one plain address, such as ada@example.org.');
  const at = trimmed.lastIndexOf('@');
  if (at < 0) return bad('The address lacks an @, as in ada@example.org.');
  const local = trimmed.slice(0, at);
  if (local === '') return bad('The address lacks the name before the @.');
  if (local.includes('@')) return bad('The address has more than one @.');
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) {
    return bad('The name before the @ can’t begin or end with a dot or have two in a row.');
  }
  const domain = toAsciiDomain(trimmed.slice(at + 1));
  if (domain === null) return bad('What follows the @ is no domain name, such as example.org.');
  const address = `${local}@${domain}`;
  const encoder = new TextEncoder();
  if (encoder.encode(local).length > maxLocalOctets || encoder.encode(address).length > maxOctets) {
    return bad('The address is longer than mail servers allow.');
  }
  // Local parts may differ by case alone (RFC 5321, 2.4), but no provider gives them to two people.
  return { kind: 'address', address, key: `${local.toLowerCase()}@${domain}` };
}

/** The ASCII form of a domain name with at least two labels; null when it is none. */
function toAsciiDomain(domain: string): string | null {
  if (/[/?#%@]/.test(domain)) return null;
  let ascii: string;
  try {
    ascii = new URL(`http://${domain}/`).hostname;
  } catch {
    return null; // the URL parser is the only standard reader of IDNA (UTS 46), and throws at what it refuses
  }
  ascii = ascii.replace(/\.$/, '');
  const labels = ascii.split('.');
  if (labels.length < 2 || ascii.length > 253) return null;
  if (!labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) return null;
  return /^[0-9]+$/.test(labels.at(-1) ?? '') ? null : ascii;
}
