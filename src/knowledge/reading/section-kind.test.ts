import { expect, test } from 'vitest';
import type { SectionKind } from '../document.ts';
import { readSectionKind } from './section-kind.ts';

test.each<[string, SectionKind]>([
  ['Symptoms', 'symptoms'],
  ['SYMPTOM:', 'symptoms'],
  ['Symptom 2', 'symptoms'],
  ['Problem', 'symptoms'],
  ['Error messages', 'symptoms'],
  ['Cause', 'cause'],
  ['Possible causes', 'cause'],
  ['Why this issue occurs', 'cause'],
  ['Resolution', 'resolution'],
  ['Resolution 1: Reset the profile', 'resolution'],
  ['2. Solution', 'resolution'],
  ['Solution/workaround', 'resolution'],
  ['To fix this problem', 'resolution'],
  ['How to fix', 'resolution'],
  ['How do I resolve this?', 'resolution'],
  ['What to do', 'resolution'],
  ["Here's an easy fix", 'resolution'],
  ['Let me fix it myself', 'resolution'],
  ['Workaround', 'workaround'],
  ['Workaround for Outlook 2016', 'workaround'],
  ['The workaround', 'workaround'],
  ['To work around this issue', 'workaround'],
  ['Temporary fix', 'workaround'],
  ['Status', 'status'],
  ['Applies to:', 'applies-to'],
  ['Affected products', 'applies-to'],
  ['More information', 'more-information'],
  ['More Info', 'more-information'],
  ['Additional information', 'more-information'],
  ['References', 'references'],
  ['See also', 'references'],
  ['Related articles', 'references'],
  ['Additional resources', 'references'],
  ['Summary', 'summary'],
  ['Introduction', 'summary'],
  ['Still need help?', 'other'],
  ['Install the server', 'other'],
  ['Method 1', 'resolution'],
  ['Scenario 2', 'symptoms'],
])('"%s" is %s', (heading, kind) => {
  expect(readSectionKind(heading, null)).toBe(kind);
});

test('a heading that says nothing of its own takes the kind of the one above', () => {
  expect(readSectionKind('Method 1', 'workaround')).toBe('workaround');
  expect(readSectionKind('In Outlook 2016', 'cause')).toBe('cause');
  expect(readSectionKind('Resolution', 'symptoms')).toBe('resolution');
  expect(readSectionKind('Method 1', 'other')).toBe('resolution');
  expect(readSectionKind('Details of it', 'summary')).toBe('summary');
});
