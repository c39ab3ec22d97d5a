import { Parser } from 'htmlparser2';
import { decodeReferences } from './decode-references.ts';

export type XmlElement = {
  /** As it's written, with its prefix. */
  readonly name: string;
  /** Without prefix, lower case. */
  readonly local: string;
  /** The namespace's URI, '' without one. */
  readonly namespace: string;
  /** Names as they're written. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
};
export type XmlNode = XmlElement | string;

export type XmlLimits = {
  /** Elements within elements. */
  readonly maxDepth: number;
  /** Elements and texts in all. */
  readonly maxNodes: number;
  /** Characters that the document's own entities may expand to, together. */
  readonly maxEntityCharacters: number;
};

const defaultXmlLimits: XmlLimits = {
  maxDepth: 200,
  maxNodes: 2_000_000,
  maxEntityCharacters: 200_000,
};

/** The document is deeper or larger than any that is meant to be read. */
export class XmlLimitError extends Error {
  override readonly name = 'XmlLimitError';
  readonly code = 'xml-limit';
}

type OpenElement = Omit<XmlElement, 'children'> & {
  readonly children: XmlNode[];
  readonly namespaces: ReadonlyMap<string, string>;
};

/**
 * Reads XML as it's found: unclosed elements, references to entities that nobody declared, several roots. External
 * entities and DTDs are never loaded. The result is a nameless root with everything in it.
 * Throws XmlLimitError.
 */
export function readXmlTree(text: string, limits: XmlLimits = defaultXmlLimits): XmlElement {
  const entities = readEntityDeclarations(text, limits.maxEntityCharacters);
  const root: OpenElement = {
    name: '',
    local: '',
    namespace: '',
    attributes: new Map(),
    children: [],
    namespaces: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]),
  };
  const open: OpenElement[] = [root];
  let nodes = 0;
  let isInCdata = false;
  let raw = '';
  let expanded = 0;

  const current = () => open[open.length - 1] ?? root;
  const flush = () => {
    if (raw === '') return;
    addText(decode(raw));
    raw = '';
  };
  const findEntity = (name: string): string | undefined => {
    const value = entities.get(name);
    expanded += value?.length ?? 0;
    if (expanded > limits.maxEntityCharacters) throw new XmlLimitError('its entities expand without end');
    return value;
  };
  const decode = (written: string) => decodeReferences(written, findEntity);
  const addText = (piece: string) => {
    const { children } = current();
    const last = children[children.length - 1];
    if (typeof last === 'string') children[children.length - 1] = last + piece;
    else count(children.push(piece));
  };
  const count = (_: number) => {
    nodes += 1;
    if (nodes > limits.maxNodes) throw new XmlLimitError(`it has more than ${limits.maxNodes} elements`);
  };

  const parser = new Parser(
    {
      onopentag(name, written) {
        flush();
        if (open.length > limits.maxDepth)
          throw new XmlLimitError(`it's nested deeper than ${limits.maxDepth}`);
        const attributes = new Map(Object.entries(written).map(([key, value]) => [key, decode(value)]));
        const element = createElement(name, attributes, current().namespaces);
        count(current().children.push(element));
        open.push(element);
      },
      onclosetag() {
        flush();
        if (open.length > 1) open.pop();
      },
      ontext(piece) {
        if (isInCdata) addText(piece);
        else raw += piece;
      },
      oncdatastart() {
        flush();
        isInCdata = true;
      },
      oncdataend() {
        isInCdata = false;
      },
      oncomment: flush,
      onprocessinginstruction: flush,
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(text);
  flush();
  return root;
}

function createElement(
  name: string,
  attributes: ReadonlyMap<string, string>,
  inherited: ReadonlyMap<string, string>,
): OpenElement {
  const declared = [...attributes].filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'));
  const namespaces =
    declared.length === 0
      ? inherited
      : new Map([...inherited, ...declared.map(([key, uri]) => [key.slice(6), uri.trim()] as const)]);
  const colon = name.indexOf(':');
  const prefix = colon > 0 ? name.slice(0, colon) : '';
  return {
    name,
    local: name.slice(prefix === '' ? 0 : colon + 1).toLowerCase(),
    // A prefix that nobody declared still tells what was meant, more often than not.
    namespace: namespaces.get(prefix) ?? (prefix === '' ? '' : `prefix:${prefix.toLowerCase()}`),
    attributes,
    children: [],
    namespaces,
  };
}

/**
 * The internal entities of a DOCTYPE, each expanded once with those before it. What refers to a file or address is
 * left out, and so is what would grow beyond the bound: a "billion laughs" stays a row of names.
 */
function readEntityDeclarations(text: string, maxCharacters: number): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  const start = text.slice(0, 4096).search(/<!DOCTYPE\b/i);
  if (start < 0) return entities;
  const doctype = text.slice(start, start + 65_536);
  const subset = /^<!DOCTYPE[^[>]*\[/i.exec(doctype);
  if (subset === null) return entities;
  const end = doctype.indexOf(']', subset[0].length);
  const declarations = doctype.slice(subset[0].length, end < 0 ? undefined : end);
  let total = 0;
  for (const [, name, double, single] of declarations.matchAll(
    /<!ENTITY\s+([\w.-]{1,100})\s+(?:"([^"]*)"|'([^']*)')\s*>/g,
  )) {
    if (name === undefined || entities.has(name)) continue;
    const value = decodeReferences(double ?? single ?? '', (inner) => {
      const known = entities.get(inner);
      total += known?.length ?? 0;
      return total > maxCharacters ? '' : known;
    });
    total += value.length;
    if (total > maxCharacters) break;
    entities.set(name, value);
  }
  return entities;
}
