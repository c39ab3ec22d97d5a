import { type Command, Option } from 'commander';
import { type SourceKind, sourceKinds } from '../../knowledge/source.ts';
import type { RunCommand } from '../run-command.ts';
import { collectSetting } from '../setting-argument.ts';
import type { TriedSource } from '../workplace.ts';

export function registerSourceTest(source: Command, run: RunCommand): void {
  source
    .command('test')
    .argument('<url>', 'an address, or a local path where the operator allows it')
    .description('say what kind of source an address is and show three articles as they would be kept')
    .addOption(new Option('--kind <kind>', 'read it as this kind').choices([...sourceKinds]))
    .option('--set <key=value>', 'a setting of its kind; may be repeated', collectSetting)
    .action((url: string, options: { kind?: SourceKind; set?: Record<string, unknown> }, command: Command) =>
      run(command, async (work, output) => {
        const tried = await work.trySource({ url, kind: options.kind ?? null, settings: options.set ?? {} });
        output.result({ ...tried, titles: tried.articles.map((article) => article.title) }, () =>
          describe(tried),
        );
      }),
    );
}

function describe({ kind, url, articleCount, articles, warnings }: TriedSource): string {
  const count = articleCount === null ? '' : `, ${articleCount} articles`;
  return [
    `${url} is a source of the kind "${kind}"${count}.`,
    ...warnings.map((warning) => `  warning: ${warning}`),
    ...articles.flatMap((article) => [
      '',
      article.title,
      `  key         ${article.key}`,
      `  ids         ${article.externalIds.join(', ') || 'none'}`,
      `  date        ${article.vendorDate ?? 'none given'}`,
      `  applies to  ${article.appliesTo.join(', ') || 'nothing said'}`,
      `  sections    ${article.sections.map((section) => section.heading || '(beginning)').join(' / ')}`,
    ]),
    '',
    `Add it with: kbalertz source add NAME --kind ${kind} --url ${url}`,
  ].join('\n');
}
