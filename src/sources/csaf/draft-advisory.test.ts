import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { readDocument } from '../../knowledge/reading/read-document.ts';
import { makeAdvisory } from './advisory.fixture.ts';
import { draftAdvisory, findWithdrawal, readAdvisory } from './draft-advisory.ts';

const read = (value: unknown) => {
  const outcome = readAdvisory(JSON.stringify(value));
  if (outcome.kind === 'broken') throw new Error(outcome.because);
  return outcome.advisory;
};
const draft = (value: unknown) =>
  draftAdvisory(read(value), {
    key: 'ex-1',
    url: 'https://csaf.example/ex-1.json',
    placeTechnologies: ['Pumps'],
  });

describe('an advisory', () => {
  test('gives its facts', () => {
    const { url, aliases, published, placeTechnologies } = draft(makeAdvisory());
    expect(published.facts).toEqual({
      title: 'Pump controller lets anybody in',
      description: 'A password that all devices share.',
      language: 'en',
      'vendor-date': '2026-01-02',
      'vendor-revision': '2',
      'applies-to': 'Example Pump\nExample Valve',
      'external-ids': 'EX-2026-1\nCVE-2026-0001\nCVE-2026-0002',
      severity: 'critical',
      'cvss-score': '9.8',
      status: 'final',
      publisher: 'Example',
      'first-released': '2026-01-01',
      tlp: 'WHITE',
    });
    expect(url).toBe('https://example.org/advisories/ex-2026-1');
    expect(aliases).toEqual(['EX-2026-1', 'https://csaf.example/ex-1.json']);
    expect(placeTechnologies).toEqual(['Pumps']);
  });

  test('reads as a document with its sections', () => {
    const { published, key } = draft(makeAdvisory());
    const document = readDocument(published, key);
    expect(document.warnings).toEqual([]);
    expect(document.externalIds).toEqual(['EX-2026-1', 'CVE-2026-0001', 'CVE-2026-0002']);
    expect(document.appliesTo).toEqual(['Example Pump', 'Example Valve']);
    const textOf = (heading: string) =>
      document.sections
        .filter((section) => section.heading === heading)
        .flatMap(({ blocks }) => blocks.map(({ text }) => text));
    expect(document.sections.map(({ kind, heading }) => [kind, heading])).toEqual([
      ['summary', 'Summary'],
      ['applies-to', 'Affected products'],
      ['other', 'Vulnerabilities'],
      ['other', 'CVE-2026-0001: Hard-coded password'],
      ['other', 'CVE-2026-0002'],
      ['resolution', 'Resolution'],
      ['workaround', 'Workaround'],
      ['other', 'No fix'],
      ['references', 'References'],
      ['other', 'Revision history'],
    ]);
    expect(textOf('Affected products')).toEqual(['Example Pump 1.*', 'Example Valve <2.0']);
    expect(textOf('CVE-2026-0001: Hard-coded password')).toContain(
      'CVSS 3.1 base score 9.8 (critical): CVSS:3.1/AV:N',
    );
    expect(textOf('CVE-2026-0001: Hard-coded password')).toContain('Exploitation: Seen in the wild');
    expect(textOf('Resolution')).toEqual([
      'Update to 2.0',
      'https://example.org/2.0',
      'For: Example Pump 1.*.',
    ]);
    expect(textOf('Revision history')).toEqual([
      '1 (2026-01-01): First version',
      '2 (2026-01-02): CVE-2026-0002 added',
    ]);
  });

  test('is read although a part of it is broken', () => {
    const advisory = makeAdvisory();
    const broken = {
      ...advisory,
      vulnerabilities: [...advisory.vulnerabilities, 'nonsense', { cve: 7, scores: 'x' }],
    };
    expect(read(broken).vulnerabilities.map(({ cve }) => cve)).toEqual([
      'CVE-2026-0001',
      'CVE-2026-0002',
      undefined,
    ]);
  });

  test.each([
    ['no JSON', '{"document": ', /no JSON/],
    ['no advisory', '{"a": 1}', /document/],
    ['an id that is empty', JSON.stringify(makeAdvisory({ tracking: { id: '' } })), /tracking\.id/],
    ['a tree without end', `${'{"product_tree":{"branches":['.repeat(500)}`, /no JSON/],
    ['a tree too deep', `${'['.repeat(5000)}${']'.repeat(5000)}`, /deeper/],
  ])('that is %s is broken, in words', (_, text, because) => {
    expect(readAdvisory(text)).toMatchObject({ kind: 'broken', because: expect.stringMatching(because) });
  });

  test('never lets its texts become markup', () => {
    const nasty = '# x\n- y <b>z</b> [a](javascript:alert(1)) `c` *d* | e\n\n1. f';
    const { published, key } = draft(makeAdvisory({ notes: [{ category: 'summary', text: nasty }] }));
    const [summary] = readDocument(published, key).sections;
    expect(summary?.blocks.map(({ kind, text, links }) => [kind, text, links])).toEqual([
      ['paragraph', '# x', []],
      ['paragraph', '- y <b>z</b> [a](javascript:alert(1)) `c` *d* | e', []],
      ['paragraph', '1. f', []],
    ]);
  });
});

describe('a withdrawal', () => {
  test.each([
    ['a category', { category: 'csaf_withdrawn' }, 'CVE-2026-0002 added'],
    ['the title', { title: 'WITHDRAWN: Pump controller' }, 'CVE-2026-0002 added'],
    [
      'the newest revision',
      { history: 'This advisory has been withdrawn: it was a mistake.' },
      'This advisory has been withdrawn: it was a mistake.',
    ],
    [
      'a note with the reason',
      {
        category: 'csaf_superseded',
        notes: [{ category: 'description', title: 'Superseding Document', text: 'See EX-2026-2.' }],
      },
      'See EX-2026-2.',
    ],
  ])('is told by %s', (_, change, because) => {
    expect(findWithdrawal(read(makeAdvisory(change)))).toBe(because);
  });

  test('is not read into advisories that stand', () => {
    expect(findWithdrawal(read(makeAdvisory()))).toBeNull();
    expect(
      findWithdrawal(read(makeAdvisory({ history: 'Withdrawal of support for TLS 1.0 explained' }))),
    ).toBeNull();
  });
});

test('whatever JSON comes, it is read or called broken', () => {
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 6 }),
      fc.constantFrom('document', 'product_tree', 'vulnerabilities'),
      (json, field) => {
        const outcome = readAdvisory(JSON.stringify({ ...makeAdvisory(), [field]: JSON.parse(json) }));
        if (outcome.kind === 'advisory')
          draftAdvisory(outcome.advisory, { key: 'a', url: 'https://a/', placeTechnologies: [] });
      },
    ),
    { numRuns: runs(500) },
  );
});
