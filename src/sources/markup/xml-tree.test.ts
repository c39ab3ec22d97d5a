import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { readXmlTree, type XmlElement, XmlLimitError } from './xml-tree.ts';

const first = (text: string): XmlElement => {
  const found = readXmlTree(text).children.find((child) => typeof child !== 'string');
  if (typeof found !== 'object') throw new Error('no element');
  return found;
};

describe('a document', () => {
  test('has names with their namespaces, attributes and texts in order', () => {
    const root = first('<a:Feed xmlns:a="urn:a" x="1"><a:b>t&amp;u</a:b><c xmlns="urn:c"/> v</a:Feed>');
    expect(root).toMatchObject({ name: 'a:Feed', local: 'feed', namespace: 'urn:a' });
    expect(root.attributes.get('x')).toBe('1');
    expect(root.children).toMatchObject([
      { local: 'b', children: ['t&u'] },
      { local: 'c', namespace: 'urn:c' },
      ' v',
    ]);
  });

  test('keeps CDATA as it is and joins it with the text around', () => {
    expect(first('<a>1 <![CDATA[<b>&amp;</b>]]> 2</a>').children).toEqual(['1 <b>&amp;</b> 2']);
  });

  test('is read where it is broken', () => {
    expect(first('<a><b>x</a>').children).toMatchObject([{ local: 'b', children: ['x'] }]);
    expect(first('<a>R&D &unknown; &nbsp;</a>').children).toEqual(['R&D &unknown; \u00a0']);
    expect(readXmlTree('').children).toEqual([]);
    expect(readXmlTree('no markup').children).toEqual(['no markup']);
  });

  test('has its own entities, and never those of files or addresses', () => {
    const text = `<!DOCTYPE a [<!ENTITY v "&w;!"><!ENTITY w "W"><!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY x "X">]><a>&x; &f;</a>`;
    expect(first(text).children).toEqual(['X &f;']);
  });
});

describe('an attack', () => {
  test('by entities that multiply ends in a limit', () => {
    const levels = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
      '',
    );
    const text = `<!DOCTYPE a [<!ENTITY l0 "lol">${levels}]><a>${'&l4;'.repeat(1000)}</a>`;
    expect(() => readXmlTree(text)).toThrow(XmlLimitError);
  });

  test('by an entity that is large and used often ends in a limit', () => {
    const text = `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(50_000)}">]><a>${'&x;'.repeat(100_000)}</a>`;
    expect(() => readXmlTree(text)).toThrow(XmlLimitError);
  });

  test('by depth ends in a limit', () => {
    expect(() => readXmlTree('<a>'.repeat(1_000_000))).toThrow('deeper');
  });

  test('by number ends in a limit', () => {
    expect(() =>
      readXmlTree(`<a>${'<b/>'.repeat(5000)}</a>`, { maxDepth: 10, maxNodes: 1000, maxEntityCharacters: 10 }),
    ).toThrow('more than 1000');
  });
});

test('whatever is read, nothing but a limit stops it', () => {
  const piece = fc.constantFrom(
    '<a>',
    '</a>',
    '<a',
    ' x="',
    '"',
    "'",
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE a [',
    '<!ENTITY b "',
    '">',
    ']>',
    '&b;',
    '&#x',
    ';',
    '\0',
    '\ud800',
    'é',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      readXmlTree(pieces.join(''));
    }),
    { numRuns: runs(1000) },
  );
});
