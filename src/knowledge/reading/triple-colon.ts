const shape = /^:::\s*image\b([\s\S]{0,4000}?):::/;
const attribute = /\b(source|alt-text)\s*=\s*"((?:[^"\\]|\\"|\\(?!")){0,2000})"/g;

/** A `:::image source="…" alt-text="…":::` at the start of a text; null where there is none. */
export function readTripleColonImage(text: string): { src: string; alt: string; length: number } | null {
  const match = shape.exec(text);
  if (!match) return null;
  let src = '';
  let alt = '';
  for (const [, name, value = ''] of (match[1] ?? '').matchAll(attribute)) {
    if (name === 'source') src = value;
    else alt = value.replaceAll('\\"', '"');
  }
  return { src, alt, length: match[0].length };
}
