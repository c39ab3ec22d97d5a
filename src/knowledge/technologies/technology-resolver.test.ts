import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../tests/sizes.ts';
import { asId, type TechnologyId } from '../ids.ts';
import type { Technology } from '../technology.ts';
import { curatedTechnologies } from './curated-tree.ts';
import { createTechnologyResolver } from './technology-resolver.ts';

const resolve = (...names: string[]) => createTechnologyResolver(curatedTechnologies, []).resolveNames(names);

test.each([
  ['✅ Exchange Online', ['exchange-online']],
  ['Microsoft Exchange Online', ['exchange-online']],
  ['<b>Applies to:</b> Exchange Online', ['exchange-online']],
  ['Exchange Server 2016 Enterprise Edition', ['exchange-server-2016']],
  ['Exchange 2019', ['exchange-server-2019']],
  ['Microsoft Exchange Server 2010 Service Pack 2 (SP2) and later versions', ['exchange-server-2010']],
  ['Microsoft Office Excel 2007 (Home and Student version)', ['excel-2007']],
  ['Excel for Office 365', ['excel-for-microsoft-365']],
  ['Excel for Mac 2011', ['excel-2011-for-mac']],
  ['Office Home & Student 2016 for Mac', ['office-2016-for-mac']],
  ['Azure AD', ['microsoft-entra-id']],
  ['PowerBI', ['power-bi']],
  ['Windows Server 2012 R2 Datacenter', ['windows-server-2012-r2']],
  ['Windows 10, version 1909, all editions', ['windows-10-version-1909']],
  ['.NET Framework 4.8', ['dotnet-framework-4-8']],
])('"%s" means %j', (name, slugs) => {
  expect(resolve(name)).toEqual(slugs);
});

test.each([
  ['Outlook 2010, Outlook 2013, Office 365', ['outlook-2010', 'outlook-2013', 'microsoft-365']],
  ['Word 2019, 2016', ['word-2019', 'word-2016']],
  [
    'Exchange Server 2013/2016 and 2019',
    ['exchange-server-2013', 'exchange-server-2016', 'exchange-server-2019'],
  ],
  ['Publisher 2010Publisher 2013', ['publisher-2010', 'publisher-2013']],
  ['Outlook for Microsoft 365 Outlook 2019', ['outlook-for-microsoft-365', 'outlook-2019']],
])('a list in one value is taken apart: "%s"', (name, slugs) => {
  expect(resolve(name)).toEqual(slugs);
});

test.each([
  'All versions',
  'All supported versions',
  'Windows users',
  'ADD PRODUCT',
  'CI 116765',
  'N/A',
  '',
  ' - ',
])('what is no product makes no technology: "%s"', (name) => {
  expect(resolve(name)).toEqual([]);
});

test('a misspelt name is still found, but never by another number', () => {
  expect(resolve('xchange Online', 'Outlok for Windows')).toEqual(['exchange-online', 'outlook-for-windows']);
  const resolver = createTechnologyResolver(curatedTechnologies, []);
  const [slug = ''] = resolver.resolveNames(['Windows Server 2062']);
  expect(resolver.findBySlug(slug)?.origin).toBe('seen');
});

test('an unknown name becomes a seen technology below the best known product, the same at every mention', () => {
  const resolver = createTechnologyResolver(curatedTechnologies, []);
  const slugs = resolver.resolveNames(['Outlook 2031', 'Microsoft Outlook 2031', 'Frobnicator 9']);
  expect(slugs).toEqual(['outlook-2031', 'frobnicator-9']);
  expect(resolver.listAncestors('outlook-2031')).toEqual(['outlook', 'office', 'microsoft-365']);
  expect(resolver.listAncestors('frobnicator-9')).toEqual([]);
  resolver.resolveNames(['MDT Software']);
  expect(resolver.listAncestors('mdt-software')).toEqual([]);
});

test('what the store lacks is listed once, parents before their children', () => {
  const resolver = createTechnologyResolver(curatedTechnologies, [
    technology({ id: 1, slug: 'microsoft-365', name: 'Microsoft 365' }),
  ]);
  resolver.resolveNames(['Exchange Online', 'Exchange Online']);
  expect(resolver.listUnstored().map((each) => each.slug)).toEqual(['exchange', 'exchange-online']);
});

test("a curator's name, place and alias in the store win over the shipped tree", () => {
  const resolver = createTechnologyResolver(curatedTechnologies, [
    technology({ id: 1, slug: 'mail', name: 'Mail' }),
    technology({ id: 2, slug: 'exchange-online', name: 'Cloud mail', parentId: 1, aliases: ['Exo mail'] }),
  ]);
  expect(resolver.resolveNames(['Exo mail', 'Cloud mail', 'Exchange Online Archiving'])).toEqual([
    'exchange-online',
    'exchange-online-archiving',
  ]);
  expect(resolver.listAncestors('exchange-online-archiving')).toEqual(['exchange-online', 'mail']);
  expect(resolver.findBySlug('exchange-online')?.name).toBe('Cloud mail');
});

test('a folder gives the most special technology that it names and makes none', () => {
  const resolver = createTechnologyResolver(curatedTechnologies, []);
  const places = [
    'Exchange/ExchangeOnline',
    'Outlook/Client',
    'Viva/Connections',
    'SkypeforBusiness/SkypeServer',
    'media',
  ];
  expect(resolver.resolvePlaces(places)).toEqual([
    'exchange-online',
    'outlook',
    'viva-connections',
    'skype-for-business-server',
  ]);
});

test('a technology that an administrator gave to a source is made where it is unknown', () => {
  const resolver = createTechnologyResolver(curatedTechnologies, []);
  expect(resolver.resolvePlaces(['Frobnicator', 'docs', 'Hub', 'some/Folder'])).toEqual(['frobnicator']);
});

test('any text at all resolves to technologies that exist', () => {
  const resolver = createTechnologyResolver(curatedTechnologies, []);
  const noise = fc.oneof(
    fc.string({ maxLength: 300, unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          'Exchange',
          'Online',
          ',',
          '2019',
          '(',
          ')',
          '<b>',
          ' and ',
          'Server',
          '✅',
          '/',
          ' ',
        ),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(noise, (text) => {
      for (const slug of resolver.resolveNames([text])) {
        expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(resolver.findBySlug(slug)).not.toBeNull();
      }
    }),
    { numRuns: runs(300) },
  );
});

function technology(parts: {
  id: number;
  slug: string;
  name: string;
  parentId?: number;
  aliases?: string[];
}): Technology {
  const parentId = parts.parentId === undefined ? null : asId<TechnologyId>(parts.parentId);
  const id = asId<TechnologyId>(parts.id);
  return { aliases: [], ...parts, id, parentId, description: '', origin: 'curated' };
}
