import { type Command, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';

export function registerChannel(program: Command, run: RunCommand): void {
  const channel = program
    .command('channel')
    .description('the ways by which an account gets its digests, besides mail or instead of it');
  channel
    .command('list')
    .argument('<address>', 'of the account')
    .description('list them, with the state of each')
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const { takesMail, channels } = await work.channels.list(address);
        const rows = [
          ['mail', 'mail', address, takesMail ? 'active' : 'off'],
          ...channels.map((one) => [one.id, one.kind, `${one.name} (${one.host})`, one.problem ?? one.state]),
        ];
        output.result({ takesMail, channels }, () => formatTable(['id', 'kind', 'where', 'state'], rows));
      }),
    );
  channel
    .command('add')
    .argument('<address>', 'of the account')
    .description('add one; it takes digests once a test has arrived')
    .addOption(
      new Option('--kind <kind>', 'what is at the other side')
        .choices(['webhook', 'slack', 'teams'])
        .makeOptionMandatory(),
    )
    .requiredOption('--url <url>', 'where messages are posted to; https')
    .option('--name <name>', 'what it is called', '')
    .action(
      (
        address: string,
        options: { kind: 'webhook' | 'slack' | 'teams'; url: string; name: string },
        command: Command,
      ) =>
        run(command, async (work, output) => {
          const added = await work.channels.add(address, options);
          output.result(added, () =>
            [
              `Channel ${added.id} is added. It takes digests once "kbalertz channel test ${address} ${added.id}" arrives.`,
              ...(added.secret === null
                ? []
                : [`The secret that signs its messages, which is not shown again: ${added.secret}`]),
            ].join('\n'),
          );
        }),
    );
  channel
    .command('test')
    .argument('<address>', 'of the account')
    .argument('<id>', 'of the channel, see list')
    .description('send a test; when it arrives, digests go there')
    .action((address: string, id: string, _options, command: Command) =>
      run(command, async (work, output) => {
        await work.channels.test(address, readId(id));
        output.result(
          { address, id, arrived: true },
          () => 'The test arrived. Digests go there from now on.',
        );
      }),
    );
  channel
    .command('remove')
    .argument('<address>', 'of the account')
    .argument('<id>', 'of the channel, see list; "mail" for digests by mail')
    .description('send no digests there any more')
    .action((address: string, id: string, _options, command: Command) =>
      run(command, async (work, output) => {
        await work.channels.remove(address, id === 'mail' ? 'mail' : readId(id));
        output.result({ address, id, removed: true }, () => 'No digests go there any more.');
      }),
    );
  channel
    .command('forget-key')
    .description(
      "remove everybody's channels besides mail: for when the key that they are sealed with is lost",
    )
    .requiredOption('--yes', 'it cannot be undone')
    .action((_options, command: Command) =>
      run(command, async (work, output) => {
        const removed = await work.channels.forgetKey();
        output.result(
          { removed },
          () =>
            `${removed} channels are removed, and another key is made when the next one is added. What was not sent by them is told by mail, or when their owners have a channel again.`,
        );
      }),
    );
}

function readId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new CommandError(`"${text}" is no number of a channel.`, 2);
  return Number(text);
}
