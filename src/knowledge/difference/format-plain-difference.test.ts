import { expect, it } from 'vitest';
import { readDocument } from '../reading/read-document.ts';
import { compareDocuments } from './compare-documents.ts';
import { formatPlainDifference } from './format-plain-difference.ts';

const read = (text: string) => readDocument({ format: 'markdown', text, includes: {}, facts: {} }, 'a.md');

const before = read(`---
title: Mail is late
ms.date: 3/31/2022
---
# Mail is late

## Cause

The queue is full.

## Resolution

1. Open the console.
2. Look at the queue.
3. Select the queue.
4. Set the limit to 100.
`);

const after = read(`---
title: Mail is late
ms.date: 6/6/2022
---
# Mail is late

## Cause

The queue is full.

## Resolution

1. Open the console.
2. Look at the queue.
3. Select the queue.
4. Set the limit to 500.
5. Restart the service.
`);

it('shows what changed without colour and folds what did not', () => {
  expect(formatPlainDifference(compareDocuments(before, after))).toBe(
    [
      '- vendor-date: 2022-03-31',
      '+ vendor-date: 2022-06-06',
      '',
      '== Resolution',
      '  … 2 unchanged',
      '  Select the queue.',
      '* Set the limit to [-100-]{+500+}.',
      '+ Restart the service.',
      '',
    ].join('\n'),
  );
});

it('is empty where nothing differs', () => {
  expect(formatPlainDifference(compareDocuments(before, before))).toBe('');
});
