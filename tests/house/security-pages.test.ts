import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const pages = [
  'docs/security/asvs.md',
  'docs/security/threat-model.md',
  'docs/security/campaign.md',
  'SECURITY.md',
];
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** Requirements of ASVS 5.0.0 of levels 1 and 2 by section; those of level 1 with an exclamation mark. */
const requirements = `
1.1: 1 2; 1.2: 1! 2! 3! 4! 5! 6 7 8 9; 1.3: 1! 2! 3 4 5 6 7 8 9 10 11; 1.4: 1 2 3; 1.5: 1! 2;
2.1: 1! 2 3; 2.2: 1! 2! 3; 2.3: 1! 2 3 4; 2.4: 1;
3.2: 1! 2!; 3.3: 1! 2 3 4; 3.4: 1! 2! 3 4 5 6; 3.5: 1! 2! 3! 4 5; 3.7: 1 2;
4.1: 1! 2 3; 4.2: 1; 4.3: 1 2; 4.4: 1! 2 3 4;
5.1: 1; 5.2: 1! 2! 3; 5.3: 1! 2!; 5.4: 1 2 3;
6.1: 1! 2 3; 6.2: 1! 2! 3! 4! 5! 6! 7! 8! 9 10 11 12; 6.3: 1! 2! 3 4; 6.4: 1! 2! 3 4; 6.5: 1 2 3 4 5; 6.6: 1 2 3; 6.8: 1 2 3 4;
7.1: 1 2 3; 7.2: 1! 2! 3! 4!; 7.3: 1 2; 7.4: 1! 2! 3 4 5; 7.5: 1 2; 7.6: 1 2;
8.1: 1! 2; 8.2: 1! 2! 3; 8.3: 1!; 8.4: 1;
9.1: 1! 2! 3!; 9.2: 1! 2 3 4;
10.1: 1 2; 10.2: 1 2; 10.3: 1 2 3 4; 10.4: 1! 2! 3! 4! 5! 6 7 8 9 10 11; 10.5: 1 2 3 4 5; 10.6: 1 2; 10.7: 1 2 3;
11.1: 1 2; 11.2: 1 2 3; 11.3: 1! 2! 3; 11.4: 1! 2 3 4; 11.5: 1; 11.6: 1;
12.1: 1! 2 3; 12.2: 1! 2!; 12.3: 1 2 3 4;
13.1: 1; 13.2: 1 2 3 4 5; 13.3: 1 2; 13.4: 1! 2 3 4 5;
14.1: 1 2; 14.2: 1! 2 3 4; 14.3: 1! 2 3;
15.1: 1! 2 3; 15.2: 1! 2 3; 15.3: 1! 2 3 4 5 6 7;
16.1: 1; 16.2: 1 2 3 4 5; 16.3: 1 2 3 4; 16.4: 1 2 3; 16.5: 1 2 3;
17.1: 1; 17.2: 1 2 3 4; 17.3: 1 2`
  .split(';')
  .flatMap((section) => {
    const [name = '', numbers = ''] = section.trim().split(': ');
    return numbers
      .split(' ')
      .map((number) => `${name}.${number.replace('!', '')} ${number.endsWith('!') ? 1 : 2}`);
  });

describe('the page on ASVS', () => {
  const rows = [
    ...read('docs/security/asvs.md').matchAll(
      /^\| ([\d.]+)(?:–([\d.]+))? \| ([12]) \| ([^|]+) \| ([^|]+) \| (.*) \|$/gm,
    ),
  ];

  test('answers every requirement of levels 1 and 2 once', () => {
    const answered = rows.flatMap(([, from = '', to = from, level]) => {
      const section = from.slice(0, from.lastIndexOf('.'));
      const number = (id: string) => Number(id.slice(id.lastIndexOf('.') + 1));
      return Array.from(
        { length: number(to) - number(from) + 1 },
        (_, at) => `${section}.${number(from) + at} ${level}`,
      );
    });
    expect(answered.toSorted()).toEqual(requirements.toSorted());
  });

  test('says how each stands, and how or why', () => {
    const words = ['met', 'partly', 'operator', 'n/a'];
    const wrong = rows.filter(
      ([, , , , , stands = '', how = '']) => !words.includes(stands) || how.length < 4,
    );
    expect(wrong.map(([row]) => row)).toEqual([]);
  });
});

test.each(pages)('%s names files that exist', (page) => {
  const named = read(page).matchAll(/`((?:src|tests|docs|deploy|scripts|bench)\/[\w./-]+)`/g);
  const missing = [...named].map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)));
  expect(missing).toEqual([]);
});
