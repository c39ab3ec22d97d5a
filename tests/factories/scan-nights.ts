/**
 * Scans a written source night by night on the database given as JSON, from wherever an earlier run stopped, and says
 * `scanning` when it begins and `done` at the end. A program of its own, so that a test can kill it.
 */
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { makeScanner, watchWrittenSource, writeSource } from '../../src/store/scanning.fixture.ts';
import { createSourceStore } from '../../src/store/sources.ts';

const importedNights = 40;
const nights = 90;

const database = openDatabase(JSON.parse(process.argv[2] ?? '{}') as Parameters<typeof openDatabase>[0]); // by the test
await migrate(database);
const sources = createSourceStore(database);
const written = writeSource();
for (let night = 1; night <= nights; night += 1) written.show(writeNight(night));
const source = (await sources.find('written')) ?? (await watchWrittenSource(database, written)).source;
const scanner = makeScanner(database, written);
process.stdout.write('scanning\n');
for (;;) {
  const cursor = await sources.readCursor(source.id);
  const night = cursor === null ? 0 : Number(cursor.replace('state-', ''));
  if (night >= nights) break;
  const outcome =
    night < importedNights
      ? await scanner.importHistory(source, { asOf: asId<Instant>(importedNights) })
      : await scanner.scan(source, { asOf: asId<Instant>(night + 1) });
  if (outcome.kind !== 'done') throw new Error(`Night ${night + 1} ended as ${outcome.kind}.`);
}
process.stdout.write('done\n');
await database.close();

/** Twelve articles, a few of which change, come, go and move every night, the same in every run. */
function writeNight(night: number): Parameters<typeof written.show>[0] {
  const articles: Record<string, Parameters<typeof written.show>[0][string]> = {};
  for (let n = 0; n < 12; n += 1) {
    const edition = Math.floor((night + n * 5) / (2 + (n % 5)));
    if (edition % 7 === 6) continue;
    const place = Math.floor((night + n) / 17);
    const text = `# Article ${n}\n\n${'Install the update and restart. '.repeat(n)}Edition ${edition}.`;
    articles[`${place}/article-${n}`] = {
      aliases: place > 0 ? [`${place - 1}/article-${n}`] : [],
      published: { format: 'markdown', text, includes: {}, facts: {} },
    };
  }
  return articles;
}
