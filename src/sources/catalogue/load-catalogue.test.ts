import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { csafSettingsSchema } from '../csaf/create-csaf-reader.ts';
import { feedSettingsSchema } from '../feed/create-feed-reader.ts';
import { gitSettingsSchema } from '../git/git-settings.ts';
import { CatalogueError, loadCatalogue, readCatalogue } from './load-catalogue.ts';

const file = join(import.meta.dirname, '../../../sources.catalogue.yaml');
const schemas = { git: gitSettingsSchema, csaf: csafSettingsSchema, feed: feedSettingsSchema };

describe('the shipped catalogue', () => {
  test('has the vendors that people ask for, each with licence, attribution and how it was checked', async () => {
    const entries = await loadCatalogue(file);
    expect(entries.length).toBeGreaterThanOrEqual(30);
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(['git', 'feed', 'csaf']));
    for (const name of [
      'microsoft-troubleshooting',
      'msrc-csaf',
      'cisa-ics-csaf',
      'redhat-csaf',
      'siemens-csaf',
      'cisco-csaf',
      'rustsec',
    ]) {
      expect(entries.map((entry) => entry.name)).toContain(name);
    }
    // What could not be reached says so.
    for (const entry of entries) expect(entry.checked).toMatch(/not reached from where this was written/i);
  });

  test('has settings that their kinds take as they are', async () => {
    for (const entry of await loadCatalogue(file)) {
      if (!(entry.kind in schemas)) throw new Error(`${entry.name}: no schema for ${entry.kind}`);
      const schema = schemas[entry.kind as keyof typeof schemas]; // looked up above
      expect({ name: entry.name, ...schema.safeParse(entry.settings) }).toMatchObject({
        name: entry.name,
        success: true,
      });
      expect(Object.keys(entry.settings).filter((key) => !(key in schema.shape))).toEqual([]);
    }
  });
});

describe('a catalogue that is wrong', () => {
  const entry = (extra: string) =>
    `sources:\n  - name: a\n    title: A\n    kind: feed\n    url: https://a.example/\n    licence: x\n    attribution: x\n    about: x\n    checked: x\n${extra}`;

  test.each([
    ['two entries of one name', `${entry('')}${entry('').replace('sources:\n', '')}`, /same name/],
    ['an address that is not https', entry('').replace('https:', 'http:'), /sources\.0\.url/],
    ['a field that nobody knows', entry('    colour: red\n'), /sources\.0/],
    ['no list', 'sources: 3', /sources/],
    ['no YAML', 'sources: [', /no YAML/],
    ['aliases, which could grow without end', 'a: &a [x]\nsources: [*a]', /no YAML/],
  ])('names what is wrong: %s', (_, text, message) => {
    expect(() => readCatalogue(text, 'catalogue.yaml')).toThrow(CatalogueError);
    expect(() => readCatalogue(text, 'catalogue.yaml')).toThrow(message);
  });
});
