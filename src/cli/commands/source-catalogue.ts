import type { Command } from 'commander';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';

export function registerSourceCatalogue(source: Command, run: RunCommand): void {
  source
    .command('catalogue')
    .description('known knowledge bases that can be added by name')
    .action((_options, command: Command) =>
      run(command, async (work, output) => {
        const entries = await work.loadCatalogue();
        output.result(entries, () =>
          [
            formatTable(
              ['NAME', 'KIND', 'WHAT IT IS'],
              entries.map((entry) => [entry.name, entry.kind, entry.title]),
            ),
            '',
            'Add one with: kbalertz source add --catalogue NAME',
          ].join('\n'),
        );
      }),
    );
}
