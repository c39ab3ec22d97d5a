import { type Command, Option } from 'commander';
import { type SourceKind, sourceKinds } from '../../knowledge/source.ts';
import { CommandError } from '../command-error.ts';
import type { RunCommand } from '../run-command.ts';
import { collectSetting } from '../setting-argument.ts';
import type { CatalogueSource, SourceDraft, Workplace } from '../workplace.ts';

type AddOptions = {
  catalogue?: string | true;
  kind?: SourceKind;
  url?: string;
  title?: string;
  branch?: string;
  include?: string[];
  exclude?: string[];
  set?: Record<string, unknown>;
  schedule?: string;
  licence?: string;
  attribution?: string;
};

export function registerSourceAdd(source: Command, run: RunCommand): void {
  source
    .command('add')
    .argument(
      '[name]',
      'short and unique: small letters, digits and hyphens; that of the catalogue without it',
    )
    .description('watch a knowledge base')
    .option('--catalogue <entry>', 'one of those that "kbalertz source catalogue" lists')
    .addOption(new Option('--kind <kind>', 'how it is published').choices([...sourceKinds]))
    .option('--url <url>', 'where it is; for git and folder also a local path, where the operator allows it')
    .option('--title <title>', 'its name for readers')
    .option('--branch <branch>', 'git: the branch (default: the one that the repository calls its own)')
    .option('--include <folder...>', 'git, folder: take only these folders')
    .option('--exclude <folder...>', 'git, folder: leave these folders out')
    .option('--set <key=value>', 'another setting of its kind; may be repeated', collectSetting)
    .option('--schedule <cron>', 'when to scan, in UTC (default: once a night at a minute of its own)')
    .option('--licence <licence>', 'licence of its articles')
    .option('--attribution <line>', 'attribution line that its licence asks for')
    .action((name: string | undefined, options: AddOptions, command: Command) =>
      run(command, async (work, output) => {
        const added = await work.sources.add(toDraft(name, options, await findEntry(work, options)));
        output.result(
          added,
          () =>
            `${added.name} will be scanned at "${added.schedule}" (UTC). Now: kbalertz scan ${added.name}`,
        );
      }),
    );
}

async function findEntry(work: Workplace, { catalogue }: AddOptions): Promise<CatalogueSource | null> {
  if (catalogue === undefined) return null;
  const entry = (await work.loadCatalogue()).find((each) => each.name === catalogue);
  if (entry) return entry;
  throw new CommandError(`The catalogue has no "${catalogue}". "kbalertz source catalogue" lists all.`, 2);
}

function toDraft(name: string | undefined, options: AddOptions, entry: CatalogueSource | null): SourceDraft {
  const { branch, include, exclude, set, ...rest } = options;
  const draft = {
    name: name ?? entry?.name,
    kind: rest.kind ?? entry?.kind,
    url: rest.url ?? entry?.url,
    title: rest.title ?? entry?.title,
    licence: rest.licence ?? entry?.licence,
    attribution: rest.attribution ?? entry?.attribution,
    schedule: rest.schedule,
  };
  if (draft.name === undefined || draft.kind === undefined || draft.url === undefined) {
    throw new CommandError(
      'A source needs a name, --kind and --url, or --catalogue with an entry of the catalogue.',
      2,
    );
  }
  const given = Object.entries(draft).filter(([, value]) => value !== undefined);
  const { kind, url } = draft;
  return {
    ...Object.fromEntries(given),
    name: draft.name,
    kind,
    url,
    settings: {
      ...entry?.settings,
      ...set,
      ...(branch !== undefined && { branch }),
      ...(include && { include }),
      ...(exclude && { exclude }),
    },
  };
}
