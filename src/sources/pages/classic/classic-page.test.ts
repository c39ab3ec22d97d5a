import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../knowledge/reading/read-document.ts';
import { readPage } from '../read-page.ts';
import { findClassicHead, readClassicKeywords } from './classic-facts.ts';
import { readClassicText } from './read-classic-text.ts';

const facts = {
  title: 'The spooler stops with error 0x8007042b when a queue is renamed',
  'external-ids': 'KB512345',
  language: 'en',
  'vendor-date': '2009-03-14',
  'vendor-revision': '3.2',
  'applies-to': 'Contoso Print Server 4\nContoso Workstation',
  keywords: 'kbprint kbbug KB512345',
};

const text = `Archive of knowledge base articles

The spooler stops with error 0x8007042b when a queue is renamed

Search   Log in

This article's content belongs to its vendor.
Article ID: 512345 - Last Review: March 14, 2009 - Revision: 3.2

The spooler stops with error 0x8007042b when a queue is renamed

SYMPTOMS

After a queue is renamed, you see one of these:
  • 0x8007042b
  • 0x80070426

CAUSE

The queue's old name is kept in the registry.

RESOLUTION
  1. Stop the service.
    1. Open a prompt.
    2. Type net stop spooler.
  2. Rename the queue again.

APPLIES TO
  • Contoso Print Server 4
  • Contoso Workstation
Keywords:
kbprint kbbug KB512345

Community Feedback

Ada
Written: 1/10/2010
It worked, and I wrote SYMPTOMS myself.
`;

const html = `<!DOCTYPE html><html><head><title>Old articles: 512345</title></head><body>
<div id="head"><a href="/">Home</a> <form><input name="q"></form></div>
<table><tr><td class="menu"><ul><li><a href="/a">Another</a></li></ul></td><td><div id="kb">
<p class="info">Article ID: 512345 - Last Review: March 14, 2009 - Revision: 3.2</p>
<h1>The spooler stops with error 0x8007042b when a queue is renamed</h1>
<h2>SYMPTOMS</h2><p>After a queue is renamed, you see one of these:</p><ul><li>0x8007042b</li><li>0x80070426</li></ul>
<h2>CAUSE</h2><p>The queue's old name is kept in the registry.</p>
<h2>RESOLUTION</h2><ol><li>Stop the service.</li><li>Rename the queue again.</li></ol>
<h2>APPLIES TO</h2><ul><li>Contoso Print Server 4</li><li>Contoso Workstation</li></ul>
<div><b>Keywords:</b>&nbsp;kbprint kbbug KB512345</div>
<h2>Community Feedback</h2><p>It worked!</p></div></td></tr></table><div>Footer</div></body></html>`;

describe('a classic article page', () => {
  test('in plain text gives all its facts, and nothing of what is around it', () => {
    const published = readClassicText(text);
    expect(published?.facts).toEqual(facts);
    expect(published?.text).toMatch(/^SYMPTOMS\n\nAfter a queue/);
    expect(published?.text).toMatch(/Contoso Workstation$/);
    expect(published?.text).not.toMatch(/Archive|Feedback|It worked/);
  });

  test('in HTML gives the same facts', () => {
    const page = readPage(html, 'https://old.example/512345', { content: null });
    if ('because' in page) throw new Error(page.because);
    expect(page.published.facts).toEqual(facts);
    expect(page.published.text).toMatch(/^<div id="kb">\s*<h1>The spooler/);
    expect(page.published.text).not.toMatch(/Footer|Feedback|Another|Keywords|Article ID/);
  });

  test.each([
    ['text', () => readClassicText(text)],
    [
      'HTML',
      () => {
        const page = readPage(html, 'https://old.example/512345', { content: null });
        return 'because' in page ? null : page.published;
      },
    ],
  ])('in %s reads as a document with its sections', (_, publish) => {
    const published = publish();
    if (published === null) throw new Error('not recognised');
    const document = readDocument(published, '512345');
    expect(document).toMatchObject({
      title: facts.title,
      externalIds: ['KB512345'],
      vendorDate: '2009-03-14',
      vendorRevision: '3.2',
      appliesTo: ['Contoso Print Server 4', 'Contoso Workstation'],
    });
    expect(document.sections.filter(({ heading }) => heading !== '').map(({ kind }) => kind)).toEqual([
      'symptoms',
      'cause',
      'resolution',
      'applies-to',
    ]);
  });

  test('without keywords ends where readers begin to write', () => {
    const published = readClassicText(text.replace(/Keywords:\n.*\n/, ''));
    expect(published?.text).toMatch(/Contoso Workstation$/);
    expect(published?.facts).not.toHaveProperty('keywords');
  });

  test('with the title before its head is read too', () => {
    const other = text
      .replace(/(Revision: 3\.2\n)\nThe spooler stops[^\n]*\n/, '$1')
      .replace(/Search.*\n\nThis article.*\n/, '');
    expect(readClassicText(other)?.facts.title).toBe(facts.title);
  });
});

describe('the head', () => {
  test.each([
    ['on one line', 'Article ID: 512345 - Last Review: March 14, 2009 - Revision: 3.2'],
    ['on three', 'Article ID : 512345\nLast Review : March 14, 2009\nRevision : 3.2'],
    ['with bars', 'Article ID: KB512345 | Last Review: 14 March 2009 | Revision: 3.2'],
    ['with Q', 'Article ID: Q512345 – Last Reviewed: 2009-03-14 – Revision: 3.2'],
  ])('is found %s', (_, line) => {
    expect(findClassicHead(`before\n${line}\nafter`)).toMatchObject({
      articleId: '512345',
      lastReview: '2009-03-14',
      revision: '3.2',
    });
  });

  test.each([
    'Article ID: 512345',
    'Our revision: 3 of the article',
    '',
    'Article ID: abc - Last Review: x - Revision: 1',
  ])('is not found in %j', (line) => {
    expect(findClassicHead(line)).toBeNull();
    expect(readClassicText(line)).toBeNull();
  });

  test('is looked for without taking long', () => {
    const startedAt = performance.now();
    findClassicHead('Article ID: 12345 - Last Review: '.repeat(20_000));
    findClassicHead(`Article ID: 12345${' '.repeat(200_000)}`);
    readClassicText(`${text}${'Keywords:\n'.repeat(50_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});

test('keywords are read up to the first word that is none', () => {
  expect(readClassicKeywords('  kbfix, kbbug;KB123456 Community Feedback')).toEqual([
    'kbfix',
    'kbbug',
    'KB123456',
  ]);
  expect(readClassicKeywords('')).toEqual([]);
});
