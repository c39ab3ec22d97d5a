import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatFeedsReport } from '../../src/cli/eval-feeds.ts';
import { draftEntry } from '../../src/sources/feed/draft-entry.ts';
import { evaluateFeeds } from '../../src/sources/feed/evaluation/evaluate-feeds.ts';
import { readFeed } from '../../src/sources/feed/read-feed.ts';
import { XmlLimitError } from '../../src/sources/markup/xml-tree.ts';
import { extractData } from './extract-data.ts';

test('every feed of the suite is read within a second, and nearly all that they expect holds', async (context) => {
  const evaluation = await evaluateFeeds(extractData('feeds.tar.gz', context));
  console.info(formatFeedsReport(evaluation));
  expect(evaluation.files).toBeGreaterThan(1000);
  expect(evaluation.read).toBe(evaluation.files);
  expect(evaluation.withinOneSecond).toBe(evaluation.files);
  expect(evaluation.kept.expectations).toBeGreaterThan(600);
  expect(evaluation.kept.share).toBeGreaterThanOrEqual(0.99);
  expect(evaluation.others.hold / evaluation.others.expectations).toBeGreaterThanOrEqual(0.99);
  expect(evaluation.unreadable).toBe(0);
});

test('feeds that were damaged on the way are read or refused, and never take long', (context) => {
  const folder = extractData('feeds.tar.gz', context);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    ['.xml', '.json'].includes(extname(name)),
  );
  const originals = files.map((name) => readFileSync(join(folder, name)));
  const damage = fc.oneof(
    fc.record({
      kind: fc.constant('flip' as const),
      at: fc.nat(4000),
      bits: fc.integer({ min: 1, max: 255 }),
    }),
    fc.record({ kind: fc.constant('cut' as const), at: fc.nat(4000), bits: fc.nat(400) }),
    fc.record({
      kind: fc.constant('repeat' as const),
      at: fc.nat(4000),
      bits: fc.integer({ min: 1, max: 300 }),
    }),
    fc.record({ kind: fc.constant('splice' as const), at: fc.nat(4000), bits: fc.nat(originals.length - 1) }),
  );
  let slowestMs = 0;
  fc.assert(
    fc.property(
      fc.nat(originals.length - 1),
      fc.array(damage, { minLength: 1, maxLength: 8 }),
      (index, damages) => {
        let bytes = Buffer.from(originals[index] ?? '');
        for (const { kind, at, bits } of damages) {
          const place = at % Math.max(1, bytes.length);
          if (kind === 'flip') bytes[place] = (bytes[place] ?? 0) ^ bits;
          else if (kind === 'cut')
            bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + bits)]);
          else if (kind === 'repeat')
            bytes = Buffer.concat([
              bytes.subarray(0, place),
              ...Array(bits).fill(bytes.subarray(place, place + 40)),
              bytes.subarray(place),
            ]);
          else bytes = Buffer.concat([bytes.subarray(0, place), originals[bits] ?? Buffer.alloc(0)]);
        }
        const startedAt = performance.now();
        try {
          const feed = readFeed({ body: bytes, url: 'https://kb.example/feed', headers: {} });
          for (const entry of feed?.entries ?? []) draftEntry(entry, { placeTechnologies: [] });
        } catch (error) {
          expect(error).toBeInstanceOf(XmlLimitError);
        }
        slowestMs = Math.max(slowestMs, performance.now() - startedAt);
      },
    ),
    { numRuns: 5000 },
  );
  expect(slowestMs).toBeLessThan(1000);
});
