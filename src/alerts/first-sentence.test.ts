import { expect, test } from 'vitest';
import type { Block, Document, Section } from '../knowledge/document.ts';
import { findFirstSentence } from './first-sentence.ts';

const block = (kind: Block['kind'], text: string): Block => ({
  kind,
  text,
  depth: 0,
  label: '',
  links: [],
  marks: [],
});
const section = (kind: Section['kind'], ...blocks: Block[]): Section => ({
  kind,
  heading: kind,
  level: 2,
  anchor: kind,
  blocks,
});
const document = (description: string | null, ...sections: Section[]): Document => ({
  title: 'T',
  description,
  language: 'en',
  appliesTo: [],
  externalIds: [],
  vendorDate: null,
  vendorRevision: null,
  facts: {},
  sections,
  warnings: [],
});

test('is of the description, or else of the first paragraph that is no list of products', () => {
  const paragraph = section(
    'symptoms',
    block('image', 'x'),
    block('paragraph', 'Version 2.0 fails. Always.'),
  );
  const appliesTo = section('applies-to', block('paragraph', 'Exchange Server 2019'));
  expect(findFirstSentence(document('Mail  stops.\nAnd more.', paragraph))).toBe('Mail stops.');
  expect(findFirstSentence(document(null, appliesTo, paragraph))).toBe('Version 2.0 fails.');
  expect(findFirstSentence(document(null, appliesTo))).toBeNull();
  expect(findFirstSentence(document('  '))).toBeNull();
});

test('is cut at a word when it is long, and read in whatever language it claims to be', () => {
  const long = findFirstSentence(document(`${'word '.repeat(100)}.`));
  expect(long?.length).toBeLessThanOrEqual(242);
  expect(long).toMatch(/word …$/);
  expect(findFirstSentence({ ...document('Es geht. Nicht.'), language: 'de-DE' })).toBe('Es geht.');
  expect(findFirstSentence({ ...document('One. Two.'), language: '../../etc' })).toBe('One.');
});
