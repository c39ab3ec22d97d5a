import { expect, test } from 'vitest';
import { migrations } from '../../src/store/migrations/list.ts';

test('each step of the schema is listed once, in the order of its number', () => {
  const names = migrations.map((migration) => migration.name);
  expect(names).toEqual([...new Set(names)].sort());
});
