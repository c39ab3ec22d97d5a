import { expect, it } from 'vitest';
import { compareProducts } from './compare-products.ts';

it.each([
  [['Outlook 2019'], ['Outlook 2019', 'Outlook LTSC 2021'], ['Outlook LTSC 2021'], []],
  [['Visio 2013', 'Visio 2010'], ['Visio 2013'], [], ['Visio 2010']],
  [['Office 365'], ['Microsoft 365'], [], []],
  [['Office 365 Identity Management'], ['Microsoft 365'], [], []],
  [['Office 365 Home', 'Office 365 Personal'], ['Microsoft 365 Family', 'Microsoft 365 Personal'], [], []],
  [['Microsoft IntuneAzure Backup'], ['Microsoft Intune', 'Azure Backup'], [], []],
  [['Exchange Online'], ['Exchange Online', 'CI 162281'], [], []],
  [[], ['Exchange Online'], [], []],
] as [string[], string[], string[], string[]][])(
  'from %j to %j: added %j, removed %j',
  (before, after, added, removed) => {
    expect(compareProducts(before, after)).toMatchObject({ added, removed });
  },
);

it('names what only got another name', () => {
  expect(compareProducts(['Outlook for Office 365'], ['Outlook for Microsoft 365']).renamed).toEqual([
    { before: 'Outlook for Office 365', after: 'Outlook for Microsoft 365' },
  ]);
});
