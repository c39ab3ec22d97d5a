import { type Command, InvalidArgumentError } from 'commander';
import type { Revision } from '../../knowledge/article.ts';
import type { Change } from '../../knowledge/change.ts';
import { CommandError } from '../command-error.ts';
import { formatInstant } from '../instant-argument.ts';
import type { RunCommand } from '../run-command.ts';

export function registerArticle(program: Command, run: RunCommand): void {
  program
    .command('article')
    .description('articles of the archive')
    .command('show')
    .argument('<id>', 'its number here, KB number, path or URL')
    .description('an article with its facts, its history and its text')
    .option('--revision <number>', 'an older revision', parseRevision)
    .action((name: string, options: { revision?: number }, command: Command) =>
      run(command, async (work, output) => {
        const [article] = await work.archive.findArticlesByName(name);
        if (!article)
          throw new CommandError(`No article is known as "${name}". Try: kbalertz search "${name}"`);
        const number = options.revision ?? article.revision;
        const revision = await work.archive.loadRevision(article.id, number);
        if (!revision)
          throw new CommandError(
            `Article ${article.id} has revisions 1 to ${article.revision}, but no ${number}.`,
          );
        const changes = await work.archive.listChangesOfArticle(article.id, 50);
        const technologies = await work.archive.listTechnologiesOfArticle(article.id);
        output.result({ article, revision, technologies, changes }, () =>
          [
            revision.document.title,
            '',
            `Article       ${[article.id, ...article.externalIds].join(', ')}${article.state === 'retired' ? ' (retired)' : ''}`,
            `Revision      ${number} of ${article.revision}, captured ${formatInstant(revision.capturedAt)}`,
            `Vendor's date ${revision.vendorDate ?? 'none given'}`,
            `Technologies  ${technologies.map((technology) => technology.name).join(', ') || 'none'}`,
            `Original      ${article.url ?? article.key}`,
            '',
            'History',
            ...changes.map(describeChange),
            '',
            formatText(revision),
          ].join('\n'),
        );
      }),
    );
}

/** One line: when, what kind, and the reasons in words. */
function describeChange(change: Change): string {
  const reasons = change.reasons.map((reason) => reason.sentence).join(' ');
  const significance = change.kind === 'revised' ? ` ${change.significance}` : '';
  return `  ${formatInstant(change.occurredAt)}  ${change.kind}${significance}  ${reasons}`.trimEnd();
}

function formatText({ document }: Revision): string {
  return document.sections
    .map((section) => {
      const blocks = section.blocks.map((block) => {
        const indent = '  '.repeat(block.depth);
        if (block.kind === 'step') return `${indent}${block.label || '1'}. ${block.text}`;
        if (block.kind === 'bullet') return `${indent}- ${block.text}`;
        if (block.kind === 'image') return `${indent}[image: ${block.text}]`;
        return block.text.replace(/^/gm, block.kind === 'code' ? `${indent}    ` : indent);
      });
      return [section.heading && `${'#'.repeat(section.level)} ${section.heading}`, ...blocks]
        .filter(Boolean)
        .join('\n');
    })
    .join('\n\n');
}

function parseRevision(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Revisions are numbered 1, 2, 3 …');
  return Number(text);
}
