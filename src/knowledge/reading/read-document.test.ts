import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import type { PublishedText } from '../article.ts';
import type { Block } from '../document.ts';
import { createDocumentReader } from './create-document-reader.ts';
import { hostileTexts } from './hostile-texts.fixture.ts';
import { readDocument } from './read-document.ts';

const key = 'Exchange/ExchangeOnline/mail/a.md';

function markdown(text: string, rest: Partial<PublishedText> = {}): PublishedText {
  return { format: 'markdown', text, includes: {}, facts: {}, ...rest };
}

function blocksOf(text: string, rest: Partial<PublishedText> = {}): readonly Block[] {
  return readDocument(markdown(text, rest), key).sections.flatMap((section) => section.blocks);
}

const textsOf = (text: string, rest: Partial<PublishedText> = {}) =>
  blocksOf(text, rest).map((block) => block.text);

describe('the facts of an article', () => {
  const article = [
    '---',
    'title: Mail waits | Microsoft Docs',
    'description: Explains why mail waits.',
    'ms.date: 3/4/2021',
    'appliesto:',
    '  - Exchange Online',
    '  - ✅ <b>Exchange Server 2019</b>',
    'keywords: queue, retry',
    '---',
    '# Mail stays in the queue',
    '',
    '_Original KB number:_ &nbsp; 4038583, 910336',
    '',
    'An introduction.',
    '',
    '## Symptoms',
    '',
    'It waits.',
  ].join('\r\n');

  test('come from front matter, the page heading and the line with the KB number', () => {
    expect(readDocument(markdown(article), key)).toMatchObject({
      title: 'Mail stays in the queue',
      description: 'Explains why mail waits.',
      language: 'en',
      appliesTo: ['Exchange Online', 'Exchange Server 2019'],
      externalIds: ['KB4038583', 'KB910336'],
      vendorDate: '2021-03-04',
      vendorRevision: null,
      facts: { 'browser-title': 'Mail waits', keywords: 'queue, retry' },
      warnings: [],
    });
  });

  test('that lines state are not part of what it says', () => {
    expect(textsOf(article)).toEqual(['An introduction.', 'It waits.']);
  });

  test('that the source knows win', () => {
    const facts = {
      title: 'Given',
      'applies-to': 'Product A\nProduct B',
      'external-ids': 'kb 12345\ncve-2021-1234',
      'vendor-date': '2020-01-02',
      'vendor-revision': '6.0',
      severity: 'high',
    };
    expect(readDocument(markdown(article, { facts }), key)).toMatchObject({
      title: 'Given',
      appliesTo: ['Product A', 'Product B'],
      externalIds: ['KB12345', 'CVE-2021-1234'],
      vendorDate: '2020-01-02',
      vendorRevision: '6.0',
      facts: { severity: 'high', keywords: 'queue, retry' },
    });
  });

  test('fall back to the front matter title, then to a heading, then to the file name', () => {
    expect(readDocument(markdown('---\ntitle: Only here - SharePoint\n---\ntext'), key).title).toBe(
      'Only here',
    );
    expect(readDocument(markdown('## Cause\n\nx'), key).title).toBe('Cause');
    expect(readDocument(markdown(''), 'x/cant-open-file.md').title).toBe('cant open file');
  });

  test('a first heading that names a section is not the title', () => {
    const document = readDocument(markdown('---\ntitle: Real title\n---\n# Symptoms\n\nIt fails.'), key);
    expect(document.title).toBe('Real title');
    expect(document.sections.map(({ kind, heading }) => [kind, heading])).toEqual([['symptoms', 'Symptoms']]);
  });

  test('of front matter that is no YAML are read as far as possible, with a warning', () => {
    const broken =
      '---\ntitle: Error: it "fails": why\nms.date: 01/02/2022\nappliesto:\n- Teams\n bad\n---\n# Heading\n';
    const document = readDocument(markdown(broken), key);
    expect(document).toMatchObject({ title: 'Heading', appliesTo: ['Teams'], vendorDate: '2022-01-02' });
    expect(document.warnings[0]).toMatch(/^front matter is no YAML: /);
    expect(document.facts['browser-title']).toBe('Error: it "fails": why');
  });

  test('a date that is none is a warning', () => {
    const document = readDocument(markdown('---\nms.date: 9/312021\n---\n'), key);
    expect(document.vendorDate).toBeNull();
    expect(document.warnings).toEqual(['"9/312021" is no date']);
  });
});

describe('sections', () => {
  test('take their kind from the heading, and from the heading above where their own says nothing', () => {
    const text =
      '# T\n\nintro\n\n## Resolution 1:\n\n### In Outlook 2016\n\na\n\n#### Cause\n\n## Workaround for users\n\n### Method 2\n';
    const sections = readDocument(markdown(text), key).sections;
    expect(sections.map(({ kind, heading, level }) => `${level} ${kind} ${heading}`)).toEqual([
      '1 summary ',
      '2 resolution Resolution 1:',
      '3 resolution In Outlook 2016',
      '4 cause Cause',
      '2 workaround Workaround for users',
      '3 workaround Method 2',
    ]);
  });

  test('have anchors that are unique and stable', () => {
    const anchors = readDocument(
      markdown('## Cause\n\n## Cause\n\n## Cause 1\n\n## Ö & ü?\n\n## !!!\n'),
      key,
    ).sections;
    expect(anchors.map(({ anchor }) => anchor)).toEqual([
      's-cause',
      's-cause-1',
      's-cause-1-1',
      's-ö-ü',
      's-section',
    ]);
  });
});

describe('blocks', () => {
  test('of lists carry numbers and depth, and what follows in an item stands at its depth', () => {
    const text =
      '3. One\n   - inner\n\n   more of it\n4. Two\n   ```powershell\n   Get-Mailbox\n     -All\n   ```\n\nafter';
    expect(blocksOf(text).map(({ kind, depth, label, text: t }) => [kind, depth, label, t])).toEqual([
      ['step', 1, '3', 'One'],
      ['bullet', 2, '', 'inner'],
      ['paragraph', 1, '', 'more of it'],
      ['step', 1, '4', 'Two'],
      ['code', 1, 'powershell', 'Get-Mailbox\n  -All'],
      ['paragraph', 0, '', 'after'],
    ]);
  });

  test('keep links and what is set off, and never Markdown or HTML', () => {
    const [block] = blocksOf(
      'Run `Get-Queue` in **Exchange&nbsp;_Admin_ Center**, see [the `docs`](../b.md "t") <sup>1</sup>\nand <Server>.',
    );
    expect(block).toEqual({
      kind: 'paragraph',
      text: 'Run Get-Queue in Exchange Admin Center, see the docs 1 and <Server>.',
      depth: 0,
      label: '',
      links: [{ text: 'the docs', href: '../b.md' }],
      marks: [
        { kind: 'code', text: 'Get-Queue' },
        { kind: 'strong', text: 'Exchange Admin Center' },
        { kind: 'code', text: 'docs' },
      ],
    });
  });

  test('of alerts are labelled, however they are nested', () => {
    const text =
      '> [!NOTE]\n> First.\n>\n> - item\n\n1. Step\n\n   >[!WARNING] Second.\n\n[!IMPORTANT]\nThird.\n\n> [!div class="checklist"]\n> quoted';
    expect(blocksOf(text).map(({ kind, label, text: t }) => [kind, label, t])).toEqual([
      ['alert', 'note', 'First.'],
      ['bullet', '', 'item'],
      ['step', '1', 'Step'],
      ['alert', 'warning', 'Second.'],
      ['alert', 'important', 'Third.'],
      ['paragraph', '', 'quoted'],
    ]);
  });

  test('of images have the alternative text, and stand after the text they are in', () => {
    const text = [
      'See ![one](a.png) here.',
      '',
      ':::image type="content" source="media/b.png" alt-text="Screenshot of \\"B\\"." lightbox="c.png":::',
      '',
      ':::image type="complex" source="d.png" alt-text="Diagram":::',
      '   A long description for screen readers.',
      ':::image-end:::',
      '',
      '[![alt](e.png)](https://example.com)',
    ].join('\n');
    expect(
      blocksOf(text).map(({ kind, text: t, links }) => [kind, t, links.map(({ href }) => href)]),
    ).toEqual([
      ['paragraph', 'See here.', []],
      ['image', 'one', ['a.png']],
      ['image', 'Screenshot of "B".', ['media/b.png']],
      ['image', 'Diagram', ['d.png']],
      ['image', 'alt', ['e.png', 'https://example.com']],
    ]);
  });

  test('of tables are rows, in Markdown and in HTML', () => {
    const text =
      '|Code|Meaning|\n|---|---|\n|`0x1`|a<br>b \\| c|\n\n<table><tr><td>x<td><b>y</b></tr><tr><td colspan=2>z</table>';
    expect(blocksOf(text).map(({ kind, text: t }) => [kind, t])).toEqual([
      ['table-row', 'Code | Meaning'],
      ['table-row', '0x1 | a b | c'],
      ['table-row', 'x | y'],
      ['table-row', 'z'],
    ]);
  });

  test('leave out comments, scripts and marks that only arrange', () => {
    const text = [
      '<!-- not shown -->',
      'a <!-- nor this --> b',
      '',
      '<script>alert(1)</script>',
      '',
      '::: zone pivot="one"',
      'In a zone.',
      '::: zone-end',
      '::: moniker range=">= x"',
      'For some versions.',
      '::: moniker-end',
      '# [Windows](#tab/windows)',
      'In a tab.',
      '',
      '---',
    ].join('\n');
    expect(textsOf(text)).toEqual(['a b', 'In a zone.', 'For some versions.', 'Windows', 'In a tab.']);
  });

  test('of details in HTML around Markdown are read', () => {
    const text = '<details>\n<summary><b>More</b></summary>\n\n- inner **text**\n\n</details>';
    expect(blocksOf(text)).toMatchObject([
      { kind: 'paragraph', text: 'More', marks: [{ kind: 'strong', text: 'More' }] },
      { kind: 'bullet', text: 'inner text' },
    ]);
  });

  test('never carry a link that runs something', () => {
    const blocks = blocksOf(
      '[a](javascript:alert(1)) [b](<data:text/html,x>) [c](vbscript:x) <a href="JaVaScRiPt:x">d</a> [e](b.md)',
    );
    expect(blocks.flatMap(({ links }) => links.map(({ href }) => href))).toEqual(['', '', '', '', 'b.md']);
  });
});

describe('includes', () => {
  const includes = {
    'includes/note.md':
      '---\nms.topic: include\n---\n> [!NOTE]\n> Renamed, see [here](more/x.md#y) and ![i](media/i.png).',
    'includes/name.md': 'Exchange **Online**',
    'includes/loop.md': 'Before.\n\n[!INCLUDE [again](./loop.md)]\n\nAfter.',
    'includes/outer.md': '[!INCLUDE [inner](~/includes/name.md)]',
  };

  test('stand where they are included, with links relative to the article', () => {
    const blocks = blocksOf(
      '- item\n\n  [!INCLUDE [x](../../../includes/note.md)]\n\nIn [!include[n](~/includes/outer.md)] it works.',
      { includes },
    );
    expect(blocks.map(({ kind, text, links }) => [kind, text, links.map(({ href }) => href)])).toEqual([
      ['bullet', 'item', []],
      ['alert', 'Renamed, see here and .', ['../../../includes/more/x.md#y']],
      ['image', 'i', ['../../../includes/media/i.png']],
      ['paragraph', 'In Exchange Online it works.', []],
    ]);
  });

  test('that are missing or include themselves are passed over with a warning', () => {
    const document = readDocument(
      markdown('[!INCLUDE [x](gone.md)]\n\n[!INCLUDE [x](/includes/loop.md)]', { includes }),
      key,
    );
    expect(document.sections.flatMap((s) => s.blocks.map(({ text }) => text))).toEqual(['Before.', 'After.']);
    expect(document.warnings).toEqual([
      'include gone.md was not found',
      'include includes/loop.md includes itself',
    ]);
  });
});

describe('HTML', () => {
  test('is read as a page: facts from its head, sections from its headings, the rest from what it shows', () => {
    const html = `<!doctype html><html lang="de-de"><head><title>Fehler 5 | Microsoft Docs</title>
      <meta name="ms.date" content="2022-05-06"><meta name="description" content="Worum es geht"></head><body><nav>Menu</nav>
      <main><h1>Fehler 5</h1><p>Kurz.</p><h2>Cause</h2><div class="alert is-warning"><p>Achtung!</p></div>
      <ol><li>Eins<ul><li>zwei</ul><li>Drei</ol><pre><code class="lang-cmd">dir &amp; cd
  x</code></pre></main><footer>(c)</footer></body>`;
    const document = readDocument({ format: 'html', text: html, includes: {}, facts: {} }, 'x');
    expect(document).toMatchObject({
      title: 'Fehler 5',
      language: 'de-DE',
      vendorDate: '2022-05-06',
      description: 'Worum es geht',
    });
    expect(
      document.sections.map(({ kind, blocks }) => [
        kind,
        blocks.map((b) => `${b.kind} ${b.depth} ${b.label} ${b.text}`),
      ]),
    ).toEqual([
      ['summary', ['paragraph 0  Kurz.']],
      [
        'cause',
        [
          'alert 0 warning Achtung!',
          'step 1 1 Eins',
          'bullet 2  zwei',
          'step 1 2 Drei',
          'code 0 cmd dir & cd\n  x',
        ],
      ],
    ]);
  });
});

describe('plain text', () => {
  test('is read with its headings in capitals, its lists and its facts', () => {
    const text = [
      'Article ID: 910336 - Last Review: December 2, 2010 - Revision: 6.0',
      '',
      'An update can not be installed',
      '',
      'SYMPTOMS',
      '',
      'One of these happens:',
      '  • It stops',
      '  • It fails',
      'After that nothing works.',
      '',
      'Let me fix it myself',
      '',
      '  1. Stop the service.',
      '    1. Click Start.',
      '  2. Start it.',
      '',
      'APPLIES TO',
      '  • Product A',
      '  • Product B',
    ].join('\n');
    const document = readDocument({ format: 'text', text, includes: {}, facts: {} }, 'kb/910336');
    expect(document).toMatchObject({
      title: 'An update can not be installed',
      externalIds: ['KB910336'],
      vendorDate: '2010-12-02',
      vendorRevision: '6.0',
      appliesTo: ['Product A', 'Product B'],
    });
    expect(
      document.sections.map(({ kind, blocks }) => [
        kind,
        blocks.map((b) => `${b.kind} ${b.depth} ${b.label} ${b.text}`),
      ]),
    ).toEqual([
      [
        'symptoms',
        [
          'paragraph 0  One of these happens:',
          'bullet 1  It stops',
          'bullet 1  It fails',
          'paragraph 0  After that nothing works.',
        ],
      ],
      ['resolution', ['step 1 1 Stop the service.', 'step 2 1 Click Start.', 'step 1 2 Start it.']],
      ['applies-to', ['bullet 1  Product A', 'bullet 1  Product B']],
    ]);
  });
});

describe('hostile input', () => {
  test.each(hostileTexts)('%s: read in linear time', (_name, text) => {
    const started = performance.now();
    for (const format of ['markdown', 'html', 'text'] as const) {
      expect(readDocument({ format, text, includes: {}, facts: {} }, key).title).toBeTypeOf('string');
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('of any kind is read without a failure', () => {
    const piece = fc.constantFrom(
      '---\n',
      '# ',
      '## Cause\n',
      '- ',
      '1. ',
      '> ',
      '[!NOTE]',
      '[!INCLUDE [a](b.md)]',
      ':::image source="x":::',
      '```',
      '`',
      '**',
      '_',
      '[',
      '](x)',
      '<b>',
      '</b>',
      '<table>',
      '<td>',
      '<!--',
      '-->',
      '|',
      '|---|\n',
      '\n',
      '\n\n',
      '    ',
      '&nbsp;',
      '\\',
      'text',
      '\u0000',
      '\ud800',
      'title: x\n',
      'appliesto:\n',
      '✅',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 5, unit: 'binary' })), { maxLength: 60 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('markdown' as const, 'html' as const, 'text' as const),
        (source, format) => {
          const document = readDocument(
            { format, text: source, includes: { 'b.md': source }, facts: {} },
            'a.md',
          );
          const anchors = document.sections.map(({ anchor }) => anchor);
          expect(new Set(anchors).size).toBe(anchors.length);
          for (const { blocks } of document.sections) {
            for (const block of blocks)
              if (block.kind !== 'image' && block.kind !== 'code') expect(block.text.trim()).toBe(block.text);
          }
        },
      ),
      { numRuns: runs(500) },
    );
  });
});

describe('a reader with a memory', () => {
  test('says the same as one without, whatever was read before', () => {
    const bodies = fc.constantFrom('# A\n\ntext', '# A\n\ntext 2', '[!INCLUDE [x](i.md)]', '');
    const draft = fc.record({
      body: bodies,
      title: fc.constantFrom('One', 'Two'),
      include: fc.constantFrom('in', 'other'),
      key: fc.constantFrom('a.md', 'b.md'),
    });
    fc.assert(
      fc.property(
        fc.array(draft, { maxLength: 20 }),
        fc.constantFrom(0, 20, 1000),
        (drafts, maxCharacters) => {
          const read = createDocumentReader({ maxCharacters });
          for (const { body, title, include, key: of } of drafts) {
            const published = markdown(`---\ntitle: ${title}\n---\n${body}`, {
              includes: { 'i.md': include },
            });
            expect(read(published, of)).toEqual(readDocument(published, of));
          }
        },
      ),
    );
  });

  test('reads a body again only when it differs', () => {
    const read = createDocumentReader({ maxCharacters: 1000 });
    const first = read(markdown('---\ntitle: A\n---\nbody\n'), key);
    expect(read(markdown('---\ntitle: B\n---\nbody\n'), key).sections).toBe(first.sections);
  });
});
