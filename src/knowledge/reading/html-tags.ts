const tagNames = new Set(
  (
    'a abbr address area article aside audio b bdi bdo big blockquote body br button canvas caption center cite code ' +
    'col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer ' +
    'form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main ' +
    'map mark menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby ' +
    's samp script section select small source span strike strong style sub summary sup svg table tbody td template ' +
    'textarea tfoot th thead time title tr track tt u ul var video wbr math'
  ).split(' '),
);

/** Names that writers also use as placeholders: markup only with attributes or where nothing but markup makes sense. */
export function isHtmlTag(name: string): boolean {
  return tagNames.has(name);
}

export type Tag = {
  readonly name: string;
  readonly isClosing: boolean;
  readonly attributes: Readonly<Record<string, string>>;
};

const tagShape = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)([\s/][\s\S]*)?>$/;
const attribute = /([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

/** One tag, from `<` to `>`; null where the text is none. */
export function readTag(source: string): Tag | null {
  const match = tagShape.exec(source.slice(0, 10_000));
  if (!match) return null;
  const attributes: Record<string, string> = {};
  if (match[3] !== undefined) {
    for (const pair of match[3].matchAll(attribute)) {
      attributes[(pair[1] ?? '').toLowerCase()] = pair[2] ?? pair[3] ?? pair[4] ?? '';
    }
  }
  return { name: (match[2] ?? '').toLowerCase(), isClosing: match[1] === '/', attributes };
}

/** HTML without its comments; one that does not end takes all that follows. */
export function dropComments(html: string): string {
  let start = html.indexOf('<!--');
  if (start === -1) return html;
  let kept = '';
  let from = 0;
  while (start !== -1) {
    kept += html.slice(from, start);
    const end = html.indexOf('-->', start + 4);
    if (end === -1) return kept;
    from = end + 3;
    start = html.indexOf('<!--', from);
  }
  return kept + html.slice(from);
}
