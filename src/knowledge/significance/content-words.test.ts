import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContentWords } from './content-words.ts';

const keys = (text: string) => readContentWords(text).map((word) => word.key);
const classOf = (text: string) => readContentWords(text)[0]?.class;

describe('readContentWords', () => {
  it.each([
    ["You can't open it.", 'You are unable to open it.'],
    ['The user’s “mailbox” – front-end', 'the user\'s "mailbox" - front end'],
    ['Select the folder, and then click Delete.', 'Choose the directory, then select Remove.'],
    ['Sign in to the Azure AD portal', 'Sign in to the Microsoft Entra ID portal'],
    ['Outlook for Office 365', 'Outlook for Microsoft 365'],
    ['Project Pro for Office 365', 'Project Pro for Microsoft 365'],
    ['Use TLS1.2 now', 'Use TLS 1.2 now'],
    ['The mailboxes were moved', 'a mailbox moving'],
    ['Wait two hours', 'Wait 2 hours'],
  ])('"%s" says what "%s" says', (one, other) => {
    expect(keys(one)).toEqual(keys(other));
  });

  it.each([
    ['Select the folder.', 'Do not select the folder.'],
    ['Outlook 2016', 'Outlook 2019'],
    ['Teams for iOS', 'Teams for Android'],
    ['Set-Mailbox', 'Get-Mailbox'],
    ['Wait 5 minutes', 'Wait 15 minutes'],
  ])('"%s" does not say what "%s" says', (one, other) => {
    expect(keys(one)).not.toEqual(keys(other));
  });

  it.each([
    ['Get-Mailbox', 'technical'],
    [String.raw`HKEY_LOCAL_MACHINE\Software`, 'technical'],
    ['-Identity', 'technical'],
    ['0x80041015', 'technical'],
    ['web.config', 'technical'],
    ['10,000', 'number'],
    ['4/15/2017', 'number'],
    ['Exchange Online', 'product'],
    ['never', 'negation'],
    ['mailbox', 'plain'],
  ])('"%s" is %s', (text, expected) => {
    expect(classOf(text)).toBe(expected);
  });

  it('takes any text, and the same text the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readContentWords(text)).toEqual(readContentWords(text));
      }),
    );
  });
});
