import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, BlockKind, Document, Section } from '../document.ts';
import { compareDocuments } from './compare-documents.ts';
import type { BlockDifference, DocumentDifference, SectionDifference } from './document-difference.ts';

const block = (text: string, kind: BlockKind = 'paragraph', links: Block['links'] = []): Block => ({
  kind,
  text,
  depth: 0,
  label: '',
  links,
  marks: [],
});

const section = (heading: string, blocks: readonly Block[], level = 2): Section => ({
  kind: 'other',
  heading,
  level,
  anchor: heading.toLowerCase().replaceAll(' ', '-'),
  blocks,
});

const document = (sections: readonly Section[], facts: Partial<Document> = {}): Document => ({
  title: 'An article',
  description: null,
  language: 'en',
  appliesTo: [],
  externalIds: [],
  vendorDate: null,
  vendorRevision: null,
  facts: {},
  sections,
  warnings: [],
  ...facts,
});

const texts = fc.oneof(
  fc.constantFrom(
    'Select OK.',
    'Restart the server.',
    'Open the Exchange Management Shell and run the following command to list the mailboxes:',
    'Open the Exchange Management Shell and run the next command to list all the mailboxes:',
    'Get-Mailbox -Identity "Alias" | fl guid',
    'Still need help?',
  ),
  fc.string({ maxLength: 30 }),
);
const blocks = fc
  .tuple(texts, fc.constantFrom<BlockKind>('paragraph', 'step', 'code', 'image'), fc.option(fc.webUrl()))
  .map(([text, kind, href]) => block(text, kind, href === null ? [] : [{ text, href }]));
const sections = fc
  .tuple(
    fc.constantFrom('', 'Symptoms', 'Cause', 'Resolution', 'Method 1'),
    fc.array(blocks, { maxLength: 6 }),
  )
  .map(([heading, list]) => section(heading, list));
const documents = fc.array(sections, { maxLength: 6 }).map((list) => document(list));

const sideOf = (difference: DocumentDifference, side: 'before' | 'after') =>
  difference.sections
    .flatMap((part) => {
      const place = part[side];
      return place === null ? [] : [{ place, part }];
    })
    .sort((one, other) => one.place.index - other.place.index)
    .map(({ place, part }) => ({
      ...place.section,
      blocks: part.blocks.flatMap((row) => row[side] ?? []),
    }));

const textOf = (part: SectionDifference | BlockDifference, side: 'before' | 'after') =>
  ('heading' in part ? part.heading : part.pieces)
    .filter((piece) => piece.state !== (side === 'before' ? 'added' : 'removed'))
    .map((piece) => piece.text)
    .join('');

describe('compareDocuments', () => {
  it('keeps everything of both sides, so that each can be read out of the difference', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const difference = compareDocuments(before, after);
        expect(sideOf(difference, 'before')).toEqual(before.sections);
        expect(sideOf(difference, 'after')).toEqual(after.sections);
        for (const part of difference.sections) {
          expect(textOf(part, 'before')).toBe(part.before?.section.heading ?? '');
          expect(textOf(part, 'after')).toBe(part.after?.section.heading ?? '');
          for (const row of part.blocks.filter((candidate) => candidate.moved === null)) {
            expect(textOf(row, 'before')).toBe(row.before?.text ?? '');
            expect(textOf(row, 'after')).toBe(row.after?.text ?? '');
          }
        }
      }),
    );
  });

  it('finds nothing between a document and itself', () => {
    fc.assert(
      fc.property(documents, (same) => {
        const difference = compareDocuments(same, structuredClone(same));
        expect(difference.facts).toEqual([]);
        expect(difference.sections.every((part) => part.state === 'same' && !part.isMoved)).toBe(true);
      }),
    );
  });

  it('marks the word that was corrected and leaves the rest of the step alone', () => {
    const before = document([section('Resolution', [block('Go to step 4 now.', 'step'), block('Done.')])]);
    const after = document([section('Resolution', [block('Go to step 5 now.', 'step'), block('Done.')])]);
    const [part] = compareDocuments(before, after).sections;
    expect(part?.state).toBe('changed');
    expect(part?.blocks.map((row) => row.state)).toEqual(['changed', 'same']);
    expect(part?.blocks[0]?.pieces).toEqual([
      { state: 'same', text: 'Go to step ' },
      { state: 'removed', text: '4' },
      { state: 'added', text: '5' },
      { state: 'same', text: ' now.' },
    ]);
  });

  it('sees a section that changed its place as moved, not as removed and added', () => {
    const cause = section('Cause', [block('The certificate has expired.')]);
    const symptoms = section('Symptoms', [block('Nobody can sign in to the site.')]);
    const cure = section('Resolution', [block('Renew the certificate.')]);
    const parts = compareDocuments(
      document([cause, symptoms, cure]),
      document([symptoms, cure, cause]),
    ).sections;
    expect(parts.map((part) => [part.after?.section.heading, part.state, part.isMoved])).toEqual([
      ['Symptoms', 'same', false],
      ['Resolution', 'same', false],
      ['Cause', 'same', true],
    ]);
  });

  it('follows a section to its new heading by what it says', () => {
    const said = [block('Run the wizard again on the server on which it failed, then sign in.')];
    const parts = compareDocuments(
      document([section('Resolution', said)]),
      document([section('How to repair', said)]),
    ).sections;
    expect(parts).toHaveLength(1);
    expect(parts[0]?.state).toBe('changed');
    expect(parts[0]?.blocks[0]?.state).toBe('same');
  });

  it('follows a paragraph into the section that a new heading made of it', () => {
    const paragraph = block(
      'This problem occurs because the certificate of the federation server has expired.',
    );
    const before = document([section('Symptoms', [block('Nobody can sign in.'), paragraph])]);
    const after = document([
      section('Symptoms', [block('Nobody can sign in.')]),
      section('Cause', [paragraph]),
    ]);
    const [symptoms, cause] = compareDocuments(before, after).sections;
    expect(symptoms?.blocks[1]?.moved).toEqual({ anchor: 'cause' });
    expect(cause?.blocks[0]?.moved).toEqual({ anchor: 'symptoms' });
    expect(cause?.blocks[0]?.pieces.every((piece) => piece.state === 'same')).toBe(true);
  });

  it('tells a link that leads elsewhere from its unchanged text', () => {
    const linked = (href: string) => block('Get the tool.', 'paragraph', [{ text: 'the tool', href }]);
    const [part] = compareDocuments(
      document([section('Resolution', [linked('https://example.com/1')])]),
      document([section('Resolution', [linked('https://example.com/2')])]),
    ).sections;
    expect(part?.blocks[0]?.state).toBe('changed');
    expect(part?.blocks[0]?.links).toEqual([
      { text: 'the tool', before: 'https://example.com/1', after: 'https://example.com/2' },
    ]);
  });

  it('lists the facts that differ and not the order of names', () => {
    const before = document([], { appliesTo: ['Outlook 2016', 'Outlook 2019'], vendorDate: '2022-03-31' });
    const after = document([], { appliesTo: ['Outlook 2019', 'Outlook 2016'], vendorDate: '2022-06-06' });
    expect(compareDocuments(before, after).facts).toEqual([
      { name: 'vendor-date', before: ['2022-03-31'], after: ['2022-06-06'] },
    ]);
  });
});
