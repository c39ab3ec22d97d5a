/** Hosts under which the same documentation was published over the years. */
const documentationHosts =
  /^(?:[a-z0-9-]+\.)*(?:docs|learn|support|technet|msdn\d?|office|answers|products|social|blogs)\.(?:microsoft|office|msdn|technet)\.com$|^(?:support|products)\.office\.com$|^msdn\.microsoft\.com$|^office\.microsoft\.com$/;

/**
 * Whether two links lead to the same content: the same page under another protocol, host of the same documentation,
 * language or tracking parameter; the same last part of the path or the same identifier in it.
 */
export function isSameTarget(before: string, after: string): boolean {
  if (before === after) return true;
  const one = readTarget(before);
  const other = readTarget(after);
  if (one.path === other.path && (one.host === other.host || one.isDocumentation || other.isDocumentation)) {
    return true;
  }
  if (one.host === other.host && one.host !== '' && isWithin(one.path, other.path)) return true;
  return one.name !== '' && one.name === other.name && one.isDownload === other.isDownload;
}

/** A page of the same tool or article: its releases, one of its parts. */
function isWithin(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.split('/').length >= 3 && long.startsWith(`${short}/`);
}

/** A link behind which a reader gets something to run: a file, a tool, a diagnostic, a short link to one. */
export function isToolLink(href: string): boolean {
  return (
    /\.(?:msi|exe|zip|cab|diagcab|iso|ps1|vbs|dmg|pkg|msu|msp)(?:$|[?#])/i.test(href) ||
    /\/download(?:s|\/|$)|\/\/(?:aka\.ms|download\.|www\.microsoft\.com\/(?:[a-z-]+\/)?download)/i.test(
      href,
    ) ||
    /go\.microsoft\.com\/(?:fwlink)?\/?\?|github\.com\/[^/]+\/[^/]+\/releases/i.test(href)
  );
}

type Target = {
  readonly host: string;
  readonly path: string;
  /** The last part of the path where it is telling: a slug, a number, a GUID. */
  readonly name: string;
  readonly isDocumentation: boolean;
  readonly isDownload: boolean;
};

function readTarget(href: string): Target {
  const [address = ''] = href.trim().toLowerCase().split('#');
  const whole = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?]+)(.*)$/.exec(address);
  const host = (whole?.[1] ?? '').replace(/^www\./, '');
  const [rawPath = '', query = ''] = (whole?.[2] ?? address).split('?');
  const isDocumentation = host === '' || documentationHosts.test(host);
  const path = rawPath
    .replaceAll(/%28/g, '(')
    .replaceAll(/%29/g, ')')
    .replace(/\/[a-z]{2}-[a-z]{2}(?=\/|$)/, '')
    .replace(/\.(?:md|aspx|html?)$/, '')
    .replace(/\/index$/, '')
    .replace(/\/+$/, '');
  const meaningful = isDocumentation ? '' : query;
  return {
    host,
    path: meaningful === '' ? path : `${path}?${meaningful}`,
    name: nameOf(path, query),
    isDocumentation,
    isDownload: isToolLink(href),
  };
}

function nameOf(path: string, query: string): string {
  const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(path)?.[0];
  if (guid !== undefined) return guid;
  const identifier = /(?:^|&)(?:id|linkid)=(\w{5,})/.exec(query)?.[1];
  if (identifier !== undefined) return identifier;
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  const numbered = parts.find((part) => /^\d{5,9}$/.test(part));
  if (numbered !== undefined) return numbered;
  const number = /(?:^|[^\d])(\d{5,9})(?:$|[^\d])/.exec(last)?.[1];
  if (number !== undefined) return number;
  return last.length >= 8 ? last.replace(/\(.*\)$/, '') : '';
}
