import { expect, test } from 'vitest';
import { curatedTechnologies } from './curated-tree.ts';
import { listSynonymGroups } from './synonym-groups.ts';

const groups = listSynonymGroups(curatedTechnologies);

test.each([
  ['Microsoft Entra ID', 'AAD'],
  ['Azure AD', 'Azure Active Directory'],
  ['Outlook on the web', 'OWA'],
  ['Windows Server Update Services', 'WSUS'],
  ['Exchange Admin Center', 'EAC'],
  ['Group Policy', 'GPO'],
])('%s and %s are names of one thing', (a, b) => {
  expect(groups.filter((group) => group.includes(a) && group.includes(b))).toHaveLength(1);
});

test('every group has at least two different names', () => {
  for (const group of groups) expect(new Set(group).size).toBeGreaterThan(1);
});
