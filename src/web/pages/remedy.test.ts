import { createPublicKey, hash, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSiteWorld, type SiteWorld } from '../../../tests/factories/site-world.ts';
import { createRemedyLibrary } from '../../entry/remedies.ts';
import { isReviewed } from '../../remedies/remedy-library.ts';
import { remedyCard } from '../parts/remedy-card.ts';

const folder = mkdtempSync(join(tmpdir(), 'kbalertz-key-'));
let world: SiteWorld;
const text = async (path: string) => (await world.get(path)).text();

beforeAll(async () => {
  world = await createSiteWorld({ ports: { remedies: createRemedyLibrary(join(folder, 'key.pem')) } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a remedy says each step, its undo and how to do it by hand, in both modes', async () => {
  const page = await text('/remedies/windows-update-store');
  expect(page).toContain('Reset the store of Windows Update');
  expect(page).toContain('Stop the service wuauserv');
  expect(page).toContain('net stop wuauserv /y');
  expect(page).toContain('Undo: Move it back');
  expect(page).toContain('Aggressive mode');
  expect(page).toContain('catroot2');
  expect((await world.get('/remedies/nothing')).status).toBe(404);
});

test('what is downloaded has the checksum of the page and a signature by the key of the site', async () => {
  const page = await text('/remedies/print-queue');
  const key = createPublicKey(await text('/remedies/kbalertz-remedies.pem'));
  for (const name of ['print-queue-default.ps1', 'print-queue-default.cmd']) {
    const answer = await world.get(`/remedies/print-queue/${name}`);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(page).toContain(hash('sha256', bytes));
    const signature = Buffer.from(await text(`/remedies/print-queue/${name}.sig`), 'base64');
    expect(verify(null, bytes, key, signature)).toBe(true);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    expect(verify(null, bytes, key, signature)).toBe(false);
  }
  expect((await world.get('/remedies/print-queue/..%2fremedy.ps1')).status).toBe(404);
});

test('readers with an account tell how it went, each once; others are asked to sign in', async () => {
  const tell = (outcome: string, cookie?: string) =>
    world.post(
      '/remedies/print-queue/report',
      { mode: 'default', outcome },
      cookie === undefined ? {} : { cookie },
    );
  expect((await tell('fixed')).headers.get('location')).toBe('/sign-in');
  const { cookie } = await world.signIn('ada@example.org');
  await tell('not-fixed', cookie);
  await tell('fixed', cookie);
  await tell('<script>', cookie);
  expect(await text('/remedies/print-queue')).toContain('Fixed it for 1 of 1 who told');
});

test('the article carries the card, which says when nobody has reviewed it for what the article says now', async () => {
  const [shipped] = await world.ports.remedies.listRemediesOf({
    source: 'starter',
    key: 'windows/print-spooler-stuck.md',
  });
  if (shipped === undefined) throw new Error('print-queue is not shipped');
  const shown = { offered: shipped, tallies: await world.ports.remedyReports.countOutcomes('print-queue') };
  const card = async (changes: { significance: string; toRevision: number }[]) =>
    String(await remedyCard({ ...shown, isReviewed: isReviewed(shipped.remedy, changes) }));
  const { revision } = shipped.remedy.article;
  expect(await card([{ significance: 'minor', toRevision: revision + 1 }])).not.toContain('Not yet reviewed');
  expect(await card([{ significance: 'material', toRevision: revision }])).not.toContain('Not yet reviewed');
  expect(await card([{ significance: 'material', toRevision: revision + 1 }])).toContain('Not yet reviewed');
  expect(await card([])).toContain('Move *.spl and *.shd out of %windir%\\System32\\spool\\PRINTERS');
});
