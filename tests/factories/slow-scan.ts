/**
 * Scans the source `written` of a database once and says as JSON lines how it goes: `{"at":"read"}` when everything is
 * read and nothing is committed yet, which it waits for a while to do, and at the end `{"outcome":…}` or `{"error":…}`.
 * A program of its own, so that a test can freeze it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { asId, type Instant } from '../../src/knowledge/ids.ts';
import { createScanner } from '../../src/knowledge/scanning/create-scanner.ts';
import { createTechnologyPlacing } from '../../src/knowledge/technologies/create-technology-placing.ts';
import { curatedTechnologies } from '../../src/knowledge/technologies/curated-tree.ts';
import { type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { createScanLedger } from '../../src/store/scan-ledger.ts';
import { writeSource } from '../../src/store/scanning.fixture.ts';
import { createSourceStore } from '../../src/store/sources.ts';

/** The program's one argument, as JSON. */
export type SlowScan = {
  readonly location: DatabaseLocation;
  readonly text: string;
  readonly leaseMs: number;
  /** Between reading and committing. */
  readonly waitMs: number;
};

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const scan: SlowScan = JSON.parse(process.argv[2] ?? '{}');
const database = openDatabase(scan.location);
const source = await createSourceStore(database).find('written');
if (source === null) throw new Error('The source is missing.');
const written = writeSource();
written.show({ kb: scan.text });
const scanner = createScanner({
  readerOf: () => ({
    async *readSnapshots(request) {
      yield* written.reader.readSnapshots({ ...request, cursor: null });
      say({ at: 'read' });
      await sleep(scan.waitMs);
    },
  }),
  ledger: createScanLedger(database, { leaseMs: scan.leaseMs }),
  clock: { now: () => asId<Instant>(Date.now()) },
  placeTechnologies: (known) => createTechnologyPlacing(curatedTechnologies, known),
});
try {
  say({ outcome: (await scanner.scan(source)).kind });
} catch (error) {
  say({ error: error instanceof Error ? error.name : String(error) });
}
await database.close();
