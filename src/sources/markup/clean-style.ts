/** Properties that change how text looks, and nothing that could cover, move or load anything. */
const plainProperties = new Set(
  `azimuth background-color border-bottom-color border-collapse border-color border-left-color border-right-color
  border-top-color clear color cursor direction display elevation float font font-family font-size font-style
  font-variant font-weight height letter-spacing line-height overflow pause pause-after pause-before pitch
  pitch-range richness speak speak-header speak-numeral speak-punctuation speech-rate stress text-align
  text-decoration text-indent unicode-bidi vertical-align voice-family volume white-space width`.split(/\s+/),
);

/** Families of properties whose values are looked at one by one. */
const boxProperty = /^(background|border|margin|padding)(-|$)/;
const boxValue =
  /^(#[0-9a-f]+|rgb\(\d+%?,\d+%?,\d+%?\)|\d{0,2}\.?\d{0,2}(cm|em|ex|in|mm|pc|pt|px|%|,|\))?|auto|aqua|black|block|blue|bold|both|bottom|brown|center|collapse|dashed|dotted|fuchsia|gray|green|!important|italic|left|lime|maroon|medium|navy|none|normal|nowrap|olive|pointer|purple|red|right|silver|solid|teal|top|transparent|underline|white|yellow)$/i;

/** Only words, numbers, colours, quoted names and lists of numbers: nothing that calls, escapes or comments. */
const harmlessStyle = /^(?:[:,;#%.\s\w!]|(?<=\w)-(?=\w)|'[\s\w]+'|"[\s\w]+"|\([\d,\s]+\))*$/;

/** The harmless declarations of a style attribute, '' when there is none. */
export function cleanStyle(style: string): string {
  const written = style.slice(0, 5000).replace(/url\s*\(\s*[^\s)]+\s*\)\s*/gi, ' ');
  // A name that begins with a hyphen is a browser's own, and those have run scripts.
  if (!harmlessStyle.test(written)) return '';
  const kept: string[] = [];
  for (const declaration of written.split(';')) {
    const [property = '', value = '', ...rest] = declaration.split(':').map((part) => part.trim());
    if (rest.length > 0) return '';
    if (property === '' || value === '') continue;
    if (isHarmless(property.toLowerCase(), value))
      kept.push(`${property}: ${declaration.slice(declaration.indexOf(':') + 1).trimStart()};`);
  }
  return kept.join(' ');
}

function isHarmless(property: string, value: string): boolean {
  if (plainProperties.has(property)) return true;
  return boxProperty.test(property) && value.split(/\s+/).every((word) => boxValue.test(word));
}
