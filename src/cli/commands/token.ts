import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ApiScope, apiScopes } from '../../accounts/api-tokens/api-token.ts';
import { parseCount } from '../count-argument.ts';
import { formatInstant } from '../instant-argument.ts';
import { formatTable } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import type { TokenRow } from '../workplace.ts';

export function registerToken(program: Command, run: RunCommand): void {
  const token = program.command('token').description('tokens with which programs use the API');
  token
    .command('create')
    .argument('<address>', 'whose account the program acts for')
    .description('make a token, and print it this one time')
    .requiredOption('--name <name>', 'so that it is known again')
    .addOption(
      new Option('--scope <scope...>', 'what it may do besides reading the archive')
        .choices(apiScopes)
        .default(['read']),
    )
    .option('--days <number>', 'how long it works, at most 366', parseCount, 90)
    .action((address: string, options: { name: string; scope: ApiScope[]; days: number }, command: Command) =>
      run(command, async (work, output) => {
        const { name, scope: scopes, days } = options;
        const { secret, token: made } = await work.tokens.create(address, { name, scopes, days });
        output.note(
          `It works until ${formatInstant(made.expiresAt)}. Keep it like a password: it is shown once.`,
        );
        output.result({ ...made, secret }, () => secret);
      }),
    );
  token
    .command('list')
    .argument('<address>')
    .description('the tokens of an account')
    .action((address: string, _options, command: Command) =>
      run(command, async (work, output) => {
        const tokens = await work.tokens.list(address);
        output.result(tokens, () => (tokens.length === 0 ? 'No token yet.' : formatTokens(tokens)));
      }),
    );
  token
    .command('revoke')
    .argument('<address>')
    .argument('<id>', 'as "token list" shows it', parseId)
    .description('end a token at once')
    .action((address: string, id: number, _options, command: Command) =>
      run(command, async (work, output) => {
        await work.tokens.revoke(address, id);
        output.result({ address, id }, () => `Token ${id} of ${address} does not work any more.`);
      }),
    );
}

function formatTokens(tokens: readonly TokenRow[]): string {
  return formatTable(
    ['id', 'name', 'begins', 'may', 'last used', 'state'],
    tokens.map(({ id, name, hint, scopes, usedAt, state, expiresAt }) => [
      id,
      name,
      hint,
      scopes.join(' '),
      usedAt === null ? 'never' : formatInstant(usedAt),
      state === 'works' ? `works until ${formatInstant(expiresAt)}` : state,
    ]),
  );
}

function parseId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('Tokens are numbered 1, 2, 3 …');
  return Number(text);
}
