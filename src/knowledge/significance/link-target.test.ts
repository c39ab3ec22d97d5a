import { expect, it } from 'vitest';
import { isSameTarget, isToolLink } from './link-target.ts';

it.each([
  ['https://docs.microsoft.com/exchange/mail-flow', 'https://learn.microsoft.com/exchange/mail-flow'],
  ['https://docs.microsoft.com/en-us/exchange/mail-flow?view=exchange-ps', '/exchange/mail-flow'],
  [
    './teams-sign-in/sign-in-loop.md',
    'https://docs.microsoft.com/microsoftteams/troubleshoot/teams-sign-in/sign-in-loop',
  ],
  ['http://support.microsoft.com/kb/895456', 'https://support.microsoft.com/help/895456/how-to-change'],
  ['https://github.com/stephenegriffin/mfcmapi', 'https://github.com/stephenegriffin/mfcmapi/releases/'],
  [
    'https://technet.microsoft.com/library/jj591328%28v=exchg.141%29.aspx',
    'https://technet.microsoft.com/library/jj591328(v=exchg.141)',
  ],
])('%s and %s lead to the same content', (one, other) => {
  expect(isSameTarget(one, other)).toBe(true);
  expect(isSameTarget(other, one)).toBe(true);
});

it.each([
  [
    'https://www.microsoft.com/download/details.aspx?id=6627',
    'https://www.microsoft.com/download/details.aspx?id=36798',
  ],
  ['https://aka.ms/SaRA-Old', 'https://aka.ms/SaRA-New'],
  ['/exchange/mail-flow', '/exchange/mail-flow-rules'],
])('%s and %s lead elsewhere', (one, other) => {
  expect(isSameTarget(one, other)).toBe(false);
});

it.each([
  ['https://download.microsoft.com/a/MicrosoftEasyFix51044.msi', true],
  ['https://aka.ms/PillarSiteandPagePerf', true],
  ['https://www.microsoft.com/download/details.aspx?id=36832', true],
  ['https://docs.microsoft.com/exchange/mail-flow', false],
])('%s gives something to run: %s', (href, expected) => {
  expect(isToolLink(href)).toBe(expected);
});
