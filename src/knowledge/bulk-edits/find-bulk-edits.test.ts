import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Document } from '../document.ts';
import { judgeChange } from '../significance/judge-change.ts';
import { findBulkEdits, type RevisedPair } from './find-bulk-edits.ts';

const block = (text: string, kind: Block['kind'] = 'paragraph', label = ''): Block => ({
  kind,
  text,
  depth: 0,
  label,
  links: [],
  marks: [],
});

const article = (texts: readonly (string | Block)[], facts: Partial<Document> = {}): Document => ({
  title: 'An article',
  description: null,
  language: 'en',
  appliesTo: [],
  externalIds: [],
  vendorDate: '2022-03-31',
  vendorRevision: null,
  facts: {},
  sections: [
    {
      kind: 'resolution',
      heading: 'Resolution',
      level: 2,
      anchor: 's-resolution',
      blocks: texts.map((text) => (typeof text === 'string' ? block(text) : text)),
    },
  ],
  warnings: [],
  ...facts,
});

const pair = (before: Document, after: Document): RevisedPair => ({
  before,
  after,
  judgement: judgeChange(before, after),
});

const subjects = ['mailbox', 'calendar', 'policy', 'folder', 'licence', 'connector'];

describe('findBulkEdits', () => {
  it('names what was renamed in many articles by its whole name, and judges it once', () => {
    const pairs = subjects.map((subject) =>
      pair(
        article([`The ${subject} is kept in Azure AD until it expires.`]),
        article([`The ${subject} is kept in Microsoft Entra ID until it expires.`]),
      ),
    );
    expect(findBulkEdits(pairs)).toEqual([
      {
        significance: 'minor',
        sentence: '“Azure AD” became “Microsoft Entra ID” in 6 articles',
        members: [0, 1, 2, 3, 4, 5],
      },
    ]);
  });

  it('widens a replaced word to the name that it is part of', () => {
    const pairs = subjects.map((subject) =>
      pair(
        article([`Sign in to an Office 365 ${subject}.`]),
        article([`Sign in to a Microsoft 365 ${subject}.`]),
      ),
    );
    expect(findBulkEdits(pairs)[0]?.sentence).toBe('“Office 365” became “Microsoft 365” in 6 articles');
  });

  it('names the same note that was put into many articles', () => {
    const note = block('Basic authentication is turned off on October 1, 2022.', 'alert', 'note');
    const pairs = subjects.map((subject) =>
      pair(article([`Open the ${subject}.`]), article([note, `Open the ${subject}.`])),
    );
    const [group, ...others] = findBulkEdits(pairs);
    expect(others).toEqual([]);
    expect(group?.significance).toBe('material');
    expect(group?.sentence).toBe(
      'The same note was added to 6 articles: “Basic authentication is turned off on October 1, 2022.”',
    );
  });

  it('leaves out an article that also says something of its own', () => {
    const pairs = subjects.map((subject, index) =>
      pair(
        article([`The ${subject} is in Office 365.`]),
        article([
          `The ${subject} is in Microsoft 365.`,
          ...(index === 2 ? ['Run Set-Mailbox -Identity user -Archive to repair the archive first.'] : []),
        ]),
      ),
    );
    const [group] = findBulkEdits(pairs);
    expect(group?.members).toEqual([0, 1, 3, 4, 5]);
    expect(pairs[2]?.judgement.significance).toBe('material');
  });

  it('gathers articles whose date alone was bumped', () => {
    const pairs = subjects.map((subject) =>
      pair(article([`The ${subject}.`]), article([`The ${subject}.`], { vendorDate: '2022-06-06' })),
    );
    expect(findBulkEdits(pairs)).toEqual([
      {
        significance: 'invisible',
        sentence: 'Only the date was bumped in 6 articles; their text is the same',
        members: [0, 1, 2, 3, 4, 5],
      },
    ]);
  });

  it('tells a link base that changed from links that lead elsewhere', () => {
    const linked = (subject: string, base: string) => ({
      ...block(`See ${subject}.`),
      links: [{ text: subject, href: `${base}/exchange/${subject}` }],
    });
    const pairs = subjects.map((subject) =>
      pair(
        article([linked(subject, 'https://docs.microsoft.com')]),
        article([linked(subject, 'https://learn.microsoft.com')]),
      ),
    );
    expect(findBulkEdits(pairs)[0]?.sentence).toBe(
      'Links to docs.microsoft.com became links to learn.microsoft.com in 6 articles',
    );
  });

  it('finds nothing bulky in a few articles or in edits that differ', () => {
    const few = subjects
      .slice(0, 4)
      .map((subject) =>
        pair(article([`${subject} in Office 365`]), article([`${subject} in Microsoft 365`])),
      );
    expect(findBulkEdits(few)).toEqual([]);
    const different = subjects.map((subject) =>
      pair(article(['Wait.']), article(['Wait.', `Restart the ${subject}.`])),
    );
    expect(findBulkEdits(different)).toEqual([]);
  });

  it('puts each change into one group at most, whatever the edits', () => {
    const words = fc.constantFrom('Office 365', 'Microsoft 365', 'wait', 'restart', 'port 25', 'port 587');
    const texts = fc.array(words, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
    const pairs = fc.array(fc.tuple(texts, texts), { minLength: 5, maxLength: 20 });
    fc.assert(
      fc.property(pairs, (list) => {
        const revised = list.map(([before, after]) => pair(article([before]), article([after])));
        const members = findBulkEdits(revised).flatMap((group) => group.members);
        expect(new Set(members).size).toBe(members.length);
        expect(findBulkEdits(revised)).toEqual(findBulkEdits(revised));
      }),
      { numRuns: 40 },
    );
  });
});
