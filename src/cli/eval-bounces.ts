import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { CommandError } from './command-error.ts';
import { createOutput } from './output.ts';

/** What is needed of the reader of bounces; `delivery` has the real one. */
export type ReadBounce = (raw: Uint8Array) => {
  readonly recipients: readonly {
    readonly address: string;
    readonly kind: 'hard' | 'soft' | 'policy' | 'complaint';
    readonly reason: string;
    readonly status: string | null;
    readonly action: string | null;
  }[];
};

const verdict = z.object({
  recipient: z.string(),
  reason: z.string(),
  hard: z.boolean(),
  status: z.string().default(''),
  action: z.string().default(''),
});
const expectation = z.record(z.string(), z.array(verdict));
type Verdict = z.infer<typeof verdict>;

type Share = { readonly count: number; readonly of: number; readonly share: number };

export type BounceEvaluation = {
  readonly mails: number;
  /** Recipients that were expected and found. */
  readonly recipients: Share;
  /** Of those found: hard where hard was expected, and only there. */
  readonly hardOrNot: Share;
  /** Recipients of complaints that were read as complaints. */
  readonly complaints: Share;
  /** Mails that are no bounce and would suppress somebody; must be 0. */
  readonly wronglySuppressing: Share;
  /** One plain line for each difference. */
  readonly differences: readonly string[];
  /** What was read, in the shape of the expectation. */
  readonly results: Readonly<Record<string, readonly Verdict[]>>;
};

/** Reads every expected mail of a folder (at any depth) and compares with the expectation. */
export async function evaluateBounces(request: {
  readonly folder: string;
  readonly expectedFile: string;
  readonly readBounce: ReadBounce;
}): Promise<BounceEvaluation> {
  const expected = await readExpectation(request.expectedFile);
  const paths = await listFiles(request.folder);
  const tally = {
    recipients: 0,
    found: 0,
    agreeing: 0,
    complaints: 0,
    complaintsFound: 0,
    others: 0,
    suppressing: 0,
  };
  const differences: string[] = [];
  const results: Record<string, Verdict[]> = {};
  for (const [name, wanted] of Object.entries(expected)) {
    const path = paths.get(basename(name));
    if (path === undefined) throw new CommandError(`${name} is expected but is not in ${request.folder}.`);
    const read = request.readBounce(await readFile(path)).recipients;
    results[name] = read.map(describe);
    if (wanted.length === 0) {
      tally.others += 1;
      const suppressed = read.filter(({ kind }) => kind === 'hard' || kind === 'complaint');
      if (suppressed.length > 0) {
        tally.suppressing += 1;
        differences.push(`${name}: is no bounce, but would suppress ${suppressed[0]?.address}`);
      }
    }
    for (const want of wanted) {
      const got = read.find(({ address }) => address.toLowerCase() === want.recipient.toLowerCase());
      const isComplaint = want.reason === 'feedback';
      tally.recipients += 1;
      if (isComplaint) tally.complaints += 1;
      if (got === undefined) {
        differences.push(`${name}: ${want.recipient} (${want.reason}) was not found`);
        continue;
      }
      tally.found += 1;
      if (isComplaint && got.kind === 'complaint') tally.complaintsFound += 1;
      if ((got.kind === 'hard') === want.hard) tally.agreeing += 1;
      else
        differences.push(`${name}: ${want.recipient} is ${want.reason}, read as ${got.kind} (${got.reason})`);
    }
  }
  return {
    mails: Object.keys(expected).length,
    recipients: makeShare(tally.found, tally.recipients),
    hardOrNot: makeShare(tally.agreeing, tally.found),
    complaints: makeShare(tally.complaintsFound, tally.complaints),
    wronglySuppressing: makeShare(tally.suppressing, tally.others),
    differences,
    results,
  };
}

function describe(read: ReturnType<ReadBounce>['recipients'][number]): Verdict {
  const { address, kind, reason, status, action } = read;
  return { recipient: address, reason, hard: kind === 'hard', status: status ?? '', action: action ?? '' };
}

function makeShare(count: number, of: number): Share {
  return { count, of, share: of === 0 ? 0 : count / of };
}

async function readExpectation(file: string): Promise<z.infer<typeof expectation>> {
  try {
    return expectation.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const message = `${file} can't be read as an expectation: it must map a file's name to a list of { recipient, reason, hard }.`;
    throw new CommandError(message, 1, { cause });
  }
}

async function listFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new CommandError(`${folder} can't be read. Give the folder that has the mails.`, 1, { cause });
  });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, join(entry.parentPath, entry.name)]),
  );
}

/** The evaluation in a few lines for people. */
export function formatBounceEvaluation(evaluation: BounceEvaluation): string {
  const line = (label: string, { count, of, share }: Share) =>
    `${label.padEnd(34)}${String(count).padStart(5)} of ${of}${of === 0 ? '' : `  (${(100 * share).toFixed(1)} %)`}`;
  return [
    `${evaluation.mails} mails`,
    line('recipients found', evaluation.recipients),
    line('hard or not agrees', evaluation.hardOrNot),
    line('complaints found', evaluation.complaints),
    line('no bounce, but would suppress', evaluation.wronglySuppressing),
    ...evaluation.differences.map((difference) => `  ${difference}`),
  ].join('\n');
}

/** Adds `eval bounces DIR --expected FILE` to the command line; `eval` is shared with other evaluations. */
export function registerEvalBounces(program: Command, parts: { readonly readBounce: ReadBounce }): void {
  const parent =
    program.commands.find((command) => command.name() === 'eval') ??
    program.command('eval').description('measures how good the program is on labelled data');
  parent
    .command('bounces')
    .description('reads the mails of a folder as bounces and compares with what is expected of them')
    .argument('<dir>', 'folder that has the mails')
    .requiredOption('--expected <file>', "JSON: file's name → list of { recipient, reason, hard }")
    .option('--json', 'print one JSON document for machines')
    .action(async (folder: string, options: { expected: string }, command: Command) => {
      const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
      const output = createOutput({ json, out: process.stdout, err: process.stderr });
      const { readBounce } = parts;
      const evaluation = await evaluateBounces({ folder, expectedFile: options.expected, readBounce });
      output.result(evaluation, () => formatBounceEvaluation(evaluation));
    });
}
