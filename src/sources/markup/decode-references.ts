import { Parser } from 'htmlparser2';

/** What the C1 controls of a numeric reference were meant to be: windows-1252 (HTML Standard, section 13.2.5.80). */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The names of XML documents come from the DTD of XHTML 1.0; HTML 5 has given these two another character. */
const xhtmlNames: ReadonlyMap<string, string> = new Map([
  ['lang', '\u2329'],
  ['rang', '\u232a'],
]);

const reference = /&(?:#([xX]?)([0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]{0,31}));?/g;

/**
 * Replaces character references in the text of an XML document: numeric ones, the names of XML and HTML, and the
 * document's own entities, which `findEntity` has. What is none stays as it is, as `&` in broken feeds does.
 */
export function decodeReferences(
  text: string,
  findEntity: (name: string) => string | undefined = () => undefined,
): string {
  if (!text.includes('&')) return text;
  return text.replace(
    reference,
    (whole, hex: string | undefined, digits: string | undefined, name?: string) => {
      if (digits !== undefined) {
        if (hex === '' && !/^\d+$/.test(digits)) return whole;
        return decodeCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)) ?? whole;
      }
      if (name === undefined) return whole;
      const known = findEntity(name) ?? xhtmlNames.get(name);
      if (known !== undefined) return known;
      // Without a semicolon only the five names of XML are meant: `?a=1&copy=2` is an address.
      if (!whole.endsWith(';') && !/^(amp|lt|gt|quot|apos)$/.test(name)) return whole;
      return decodeHtmlName(name) ?? whole;
    },
  );
}

function decodeCodePoint(code: number): string | null {
  if (code >= 0x80 && code <= 0x9f) return windows1252[code - 0x80] ?? null;
  const isScalar = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isScalar ? String.fromCodePoint(code) : null;
}

/** windows-1252's characters where text has the C1 controls of a wrongly declared ISO 8859-1. */
export function repairControls(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => windows1252[control.charCodeAt(0) - 0x80] ?? control);
}

const decodedNames = new Map<string, string | null>();

/** The parser has the table of all 2,231 names; it's asked with one at a time. */
function decodeHtmlName(name: string): string | null {
  const known = decodedNames.get(name);
  if (known !== undefined) return known;
  let decoded = '';
  const parser = new Parser({ ontext: (text) => (decoded += text) });
  parser.end(`&${name};`);
  const result = decoded === `&${name};` ? null : decoded;
  if (decodedNames.size < 5000) decodedNames.set(name, result);
  return result;
}
