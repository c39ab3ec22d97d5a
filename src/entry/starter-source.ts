import type { Parts } from './compose.ts';
import { chooseSchedule } from './scan-schedule.ts';
import { starterUrl } from './source-readers.ts';

/** Watches the knowledge base that ships with the program, where nothing else is watched yet. */
export async function addStarterSource({ sources, clock }: Pick<Parts, 'sources' | 'clock'>): Promise<void> {
  if ((await sources.list()).length > 0) return;
  await sources.add({
    name: 'starter',
    title: 'kbalertz starter knowledge base',
    kind: 'folder',
    url: starterUrl,
    settings: {},
    schedule: chooseSchedule('starter'),
    licence: 'CC BY 4.0',
    attribution: 'kbalertz starter knowledge base, CC BY 4.0',
    createdAt: clock.now(),
  });
}
