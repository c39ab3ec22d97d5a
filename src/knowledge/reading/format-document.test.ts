import { expect, test } from 'vitest';
import { formatDocument } from './format-document.ts';
import { readDocument } from './read-document.ts';

test('a document is Markdown again, with its lists together and its links in place', () => {
  const text = [
    '# Spooler stops',
    '',
    'See [the log](https://example.org/log).',
    '',
    '## Resolution',
    '',
    '1. Stop the service.',
    '2. Run:',
    '',
    '   ```console',
    '   net stop spooler',
    '   ```',
    '',
    '> [!WARNING]',
    '> Jobs are lost.',
  ].join('\n');
  const document = readDocument({ format: 'markdown', text, includes: {}, facts: {} }, 'a.md');
  expect(formatDocument(document)).toMatchInlineSnapshot(`
    "See [the log](https://example.org/log).

    ## Resolution

    1. Stop the service.
    2. Run:

       \`\`\`console
       net stop spooler
       \`\`\`

    > **warning:** Jobs are lost."
  `);
});

test('code that has a fence in it gets a longer one', () => {
  const code = { kind: 'code', text: 'a ```` b', depth: 0, label: '', links: [], marks: [] } as const;
  const section = { kind: 'other', heading: '', level: 1, anchor: '', blocks: [code] } as const;
  expect(formatDocument({ sections: [section] })).toBe('`````\na ```` b\n`````');
});
