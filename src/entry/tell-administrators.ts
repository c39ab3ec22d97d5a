import type { Instant } from '../knowledge/ids.ts';
import type { Source } from '../knowledge/source.ts';
import type { Parts } from './compose.ts';
import { noteAdministrators } from './note-administrators.ts';

/** Mails every confirmed administrator that a source fails, since when and why, and what to do. */
export async function tellAdministrators(
  { accounts, archive, mailer, config }: Pick<Parts, 'accounts' | 'archive' | 'mailer' | 'config'>,
  source: Source,
  failingSince: Instant,
): Promise<void> {
  const [last] = await archive.listScans({ sourceId: source.id, limit: 1 });
  const since = new Date(failingSince).toISOString().slice(0, 10);
  await noteAdministrators(
    { accounts, mailer },
    {
      subject: `${source.title} could not be scanned since ${since}`,
      paragraphs: [
        `The source "${source.name}" could not be read since ${since}. All its articles are kept, and it is tried again.`,
        last?.problem ?? 'No reason was kept.',
      ],
      link: `${config.publicUrl}/admin/sources/${source.name}`,
    },
  );
}
