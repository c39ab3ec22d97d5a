import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, BlockKind, Document, Section, SectionKind } from '../document.ts';
import { readDocument } from '../reading/read-document.ts';
import { judgeChange } from './judge-change.ts';

const block = (text: string, kind: BlockKind = 'paragraph', more: Partial<Block> = {}): Block => ({
  kind,
  text,
  depth: 0,
  label: '',
  links: [],
  marks: [],
  ...more,
});

const section = (
  kind: SectionKind,
  blocks: readonly (Block | string)[],
  heading: string = kind,
): Section => ({
  kind,
  heading,
  level: 2,
  anchor: `s-${heading}`,
  blocks: blocks.map((one) => (typeof one === 'string' ? block(one) : one)),
});

const symptoms = section('symptoms', ['Users who open a shared mailbox see an empty list of folders.']);

const article = (sections: readonly Section[], facts: Partial<Document> = {}): Document => ({
  title: 'A shared mailbox shows no folders',
  description: null,
  language: 'en',
  appliesTo: ['Exchange Online'],
  externalIds: [],
  vendorDate: '2022-03-31',
  vendorRevision: null,
  facts: {},
  sections: [symptoms, ...sections],
  warnings: [],
  ...facts,
});

const resolution = (...blocks: (Block | string)[]) => article([section('resolution', blocks)]);
const step = (text: string, label: string) => block(text, 'step', { label });
const code = (text: string) => block(text, 'code', { label: 'powershell' });
const codes = (before: Document, after: Document) =>
  judgeChange(before, after).reasons.map(({ code }) => code);

describe('what an administrator would do, check or believe is material', () => {
  it('a new step, named by its number and section', () => {
    const steps = [step('Open the Exchange admin center.', '1'), step('Select the mailbox.', '2')];
    const judgement = judgeChange(
      resolution(...steps),
      resolution(...steps, step('Restart the Microsoft Exchange Information Store service.', '3')),
    );
    expect(judgement.significance).toBe('material');
    expect(judgement.reasons[0]).toEqual({
      code: 'step-added',
      section: 'resolution',
      sentence: 'Resolution: step 3 added',
    });
    expect(judgement.passage).toEqual({
      before: '',
      after: 'Restart the Microsoft Exchange Information Store service.',
    });
  });

  it('a parameter that a command got', () => {
    const before = resolution(
      'Run this:',
      code('Get-Recipient -RecipientPreviewFilter $list.RecipientFilter'),
    );
    const after = resolution(
      'Run this:',
      code('Get-Recipient -RecipientPreviewFilter $list.RecipientFilter -OrganizationalUnit $list.Container'),
    );
    expect(judgeChange(before, after).significance).toBe('material');
  });

  it('a bracket that a command lacked', () => {
    const before = resolution('Run this:', code('Get-SendConnector "outbound").SourceTransportServers'));
    const after = resolution('Run this:', code('(Get-SendConnector "outbound").SourceTransportServers'));
    expect(judgeChange(before, after)).toMatchObject({
      significance: 'material',
      reasons: [{ code: 'command-changed', sentence: 'Resolution: a command changed' }, {}],
    });
  });

  it('a corrected path, with what it was and what it is', () => {
    const before = resolution(String.raw`Open C:\Exchange\V14\Bin\Replication.exe.config in Notepad.`);
    const after = resolution(String.raw`Open C:\Exchange\V15\Bin\Replication.exe.config in Notepad.`);
    const judgement = judgeChange(before, after);
    expect(judgement.significance).toBe('material');
    expect(judgement.reasons[0]?.code).toBe('value-changed');
    expect(judgement.reasons[0]?.sentence).toContain('V15');
  });

  it('a product more to which it applies', () => {
    const judgement = judgeChange(
      article([], { appliesTo: ['Outlook 2019'] }),
      article([], { appliesTo: ['Outlook 2019', 'Outlook LTSC 2021'] }),
    );
    expect(judgement.significance).toBe('material');
    expect(judgement.reasons[0]).toEqual({
      code: 'applies-to-added',
      section: 'applies-to',
      sentence: 'Applies to: Outlook LTSC 2021 added',
    });
  });

  it('a sentence that says the opposite', () => {
    const before = resolution('Make sure that the hidden flag of the group is set to True.');
    const after = resolution('Make sure that the hidden flag of the group is not set to True.');
    expect(judgeChange(before, after).significance).toBe('material');
  });

  it('a workaround that is gone', () => {
    const workaround = section('workaround', [
      'Turn off cached mode, and then add the mailbox by hand in the account settings.',
    ]);
    const judgement = judgeChange(article([workaround]), article([]));
    expect(judgement.significance).toBe('material');
    expect(judgement.reasons.map(({ sentence }) => sentence)).toContain('Section “workaround” removed');
  });

  it('another severity of an advisory', () => {
    const judgement = judgeChange(
      article([], { facts: { severity: 'high' } }),
      article([], { facts: { severity: 'critical' } }),
    );
    expect(judgement.significance).toBe('material');
    expect(judgement.reasons[0]?.sentence).toBe('Severity: high became critical');
  });
});

describe('other words for the same are minor', () => {
  it.each([
    ['contractions', 'You are not able to open it.', "You can't open it."],
    ['style', 'Click Start, and then choose Run.', 'Select Start, and then select Run.'],
    ['spelling', 'You recieve the following eror message.', 'You receive the following error message.'],
    [
      'joined words',
      'This occurs becausethe server is offline.',
      'This occurs because the server is offline.',
    ],
    [
      'an example domain',
      'For example, use mail.contoso.com as the name.',
      'For example, use mail.fabrikam.com as the name.',
    ],
    ['written numbers', 'Wait 6 months.', 'Wait six months.'],
  ])('%s', (_, before, after) => {
    expect(judgeChange(resolution(before), resolution(after)).significance).toBe('minor');
  });

  it('a product under its new name, wherever it stands', () => {
    const before = article([section('cause', ['An Office 365 user has no licence.'])], {
      appliesTo: ['Outlook for Office 365'],
    });
    const after = article([section('cause', ['A Microsoft 365 user has no licence.'])], {
      appliesTo: ['Outlook for Microsoft 365'],
    });
    const judgement = judgeChange(before, after);
    expect(judgement.significance).toBe('minor');
    expect(judgement.reasons[0]).toEqual({
      code: 'product-renamed',
      section: null,
      sentence: 'Product renamed only: “Outlook for Office 365” is “Outlook for Microsoft 365” now.',
    });
  });

  it('standing text of the publisher, pointers and introductions', () => {
    const plain = resolution('Restart the server.');
    const standing = resolution('Restart the server.', 'Still need help? Go to Microsoft Community.');
    expect(codes(plain, standing)).toContain('boilerplate-changed');
    const pointer = resolution('Restart the server.', 'For more information, see Restart a server.');
    expect(codes(plain, pointer)).toContain('references-changed');
    const introduction = resolution(
      'This article describes how to restart the server.',
      'Restart the server.',
    );
    expect(codes(plain, introduction)).toContain('introduction-changed');
    for (const after of [standing, pointer, introduction]) {
      expect(judgeChange(plain, after).significance).toBe('minor');
    }
  });

  it('an image and what describes it', () => {
    const shown = (text: string) =>
      resolution('Select Save.', block(text, 'image', { links: [{ text, href: 'a.png' }] }));
    const judgement = judgeChange(shown('Screenshot'), shown('Screenshot of the Save button'));
    expect(judgement.significance).toBe('minor');
    expect(judgement.reasons[0]?.code).toBe('images-changed');
  });

  it('parts in another order', () => {
    const cause = section('cause', ['The address book of the organisation is out of date on this computer.']);
    const cure = section('resolution', ['Download the address book again and restart the program.']);
    const judgement = judgeChange(article([cause, cure]), article([cure, cause]));
    expect(judgement.significance).toBe('minor');
    expect(judgement.reasons[0]?.code).toBe('order-changed');
  });

  it('text that changed although the date did not is said to', () => {
    const judgement = judgeChange(resolution('Restart it.'), resolution('Please restart it.'));
    expect(judgement.reasons.at(-1)?.code).toBe('text-changed-date-same');
  });
});

describe('what no reader sees is invisible', () => {
  const markdown = (front: string, body: string) =>
    readDocument(
      { format: 'markdown', text: `---\n${front}\n---\n${body}`, includes: {}, facts: {} },
      'a.md',
    );
  const front = 'title: A\nms.date: 3/31/2022';
  const body = '# A\n\n## Cause\n\nThe **certificate** has expired.\n\n- one\n- two\n';

  it.each([
    ['metadata', `${front}\nauthor: someone\nms.custom: CI 1`, body],
    [
      'white space and line breaks',
      front,
      '# A\n\n## Cause\n\nThe **certificate**\nhas  expired.\n\n\n- one\n\n- two\n',
    ],
    [
      'other marks for the same',
      front,
      '# A\n\n## Cause\n\nThe `certificate` has expired.\n\n* one\n* two\n',
    ],
  ])('%s', (_, otherFront, otherBody) => {
    expect(judgeChange(markdown(front, body), markdown(otherFront, otherBody))).toEqual({
      significance: 'invisible',
      reasons: [],
      passage: null,
    });
  });

  it('a date that was bumped, and says so', () => {
    const judgement = judgeChange(markdown(front, body), markdown('title: A\nms.date: 6/6/2022', body));
    expect(judgement.significance).toBe('invisible');
    expect(judgement.reasons.map((reason) => reason.code)).toEqual(['date-bumped-text-same']);
  });

  it('a link to the same content at another address', () => {
    const linked = (href: string) =>
      resolution(
        block('See Start the Scheduler.', 'paragraph', { links: [{ text: 'Start the Scheduler', href }] }),
      );
    const judgement = judgeChange(
      linked('https://docs.microsoft.com/en-us/azure/hybrid/start-the-scheduler'),
      linked('/azure/hybrid/start-the-scheduler'),
    );
    expect(judgement.significance).toBe('invisible');
  });
});

describe('judgeChange', () => {
  const texts = fc.oneof(
    fc.constantFrom(
      'Run Get-Mailbox -Identity user.',
      'Still need help?',
      'Set the value to 5.',
      'Office 365',
      'Do not restart.',
    ),
    fc.string({ maxLength: 40 }),
  );
  const blocks = fc
    .tuple(
      texts,
      fc.constantFrom<BlockKind>('paragraph', 'step', 'bullet', 'code', 'alert', 'image', 'table-row'),
    )
    .map(([text, kind]) => block(text, kind));
  const documents = fc
    .array(
      fc
        .tuple(
          fc.constantFrom<SectionKind>('cause', 'resolution', 'other'),
          texts,
          fc.array(blocks, { maxLength: 5 }),
        )
        .map(([kind, heading, list]) => section(kind, list, heading)),
      { maxLength: 4 },
    )
    .map((sections) => article(sections));

  it('judges the same pair the same, and says why whatever is visible', () => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const judgement = judgeChange(before, after);
        expect(judgeChange(structuredClone(before), structuredClone(after))).toEqual(judgement);
        if (judgement.significance !== 'invisible') expect(judgement.reasons.length).toBeGreaterThan(0);
      }),
    );
  });

  it('finds nothing between a document and itself', () => {
    fc.assert(
      fc.property(documents, (same) => {
        expect(judgeChange(same, structuredClone(same)).significance).toBe('invisible');
      }),
    );
  });

  it('ends for documents that were made to take long', () => {
    const many = article(
      Array.from({ length: 3000 }, (_, index) => section('other', ['a'.repeat(200)], `h${index % 7}`)),
    );
    const long = article([
      section('other', [
        'word '.repeat(30_000),
        '-'.repeat(100_000),
        '/.'.repeat(50_000),
        '‘'.repeat(50_000),
      ]),
    ]);
    expect(judgeChange(many, long).significance).toBe('material');
    expect(judgeChange(many, article(many.sections.slice(1).reverse())).significance).not.toBe('invisible');
  });
});
