import { z } from 'zod';

/** One line of plain words; what is said to people never breaks out of a line of a script. */
const words = z
  .string()
  .trim()
  .min(1)
  .max(400)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'one line without control characters');
const stepId = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'small letters, digits and hyphens');
const service = z.string().regex(/^[A-Za-z][A-Za-z0-9_.@-]{0,79}$/, "a service's own name, not its title");
const path = z.string().min(3).max(240);
const argument = z.string().min(1).max(200);
const pattern = z.string().regex(/^[A-Za-z0-9_.@~*-]{1,60}$/, 'a file name, * for any characters');
const exitCodes = z.array(z.int().min(0).max(65535)).min(1).max(8);
const seconds = z.int().min(1).max(600);

const toolCall = { tool: z.string(), arguments: z.array(argument).max(6).default([]) };

const conditionSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('path-exists'), path }).describe('A file or folder is there.'),
  z.strictObject({ is: z.literal('path-missing'), path }).describe('No file or folder is there.'),
  z.strictObject({ is: z.literal('service-running'), service }).describe('The service runs.'),
  z
    .strictObject({ is: z.literal('service-stopped'), service })
    .describe('The service is there and does not run.'),
  z
    .strictObject({ is: z.literal('free-space'), path, megabytes: z.int().min(1).max(1_000_000) })
    .describe('The volume of the path has so many MB free.'),
  z
    .strictObject({ is: z.literal('tool-succeeds'), ...toolCall, accept: exitCodes.default([0]) })
    .describe('A tool that only looks ends with an accepted exit code.'),
]);

const common = {
  /** So that later steps can refer to it. */
  id: stepId.optional(),
  /** A step of the aggressive mode alone. */
  mode: z.enum(['default', 'aggressive']).default('default'),
  because: words.optional().describe('Why the step is there, in one sentence.'),
  before: z
    .array(conditionSchema)
    .max(5)
    .default([])
    .describe('Checked before it, besides what its kind checks.'),
  after: z
    .array(conditionSchema)
    .max(5)
    .default([])
    .describe('Checked after it, besides what its kind checks.'),
};
const optional = z.boolean().default(false).describe('Passed over where there is nothing to act on.');
const to = z.enum(['beside', 'backup']).default('beside');

const stepSchema = z.discriminatedUnion('do', [
  z
    .strictObject({ do: z.literal('stop-service'), service, optional, ...common })
    .describe('Stops a service with those that depend on it. Undo: starts what ran.'),
  z
    .strictObject({
      do: z.literal('start-service'),
      service,
      always: z.boolean().default(false),
      optional,
      ...common,
    })
    .describe('Starts a service that an earlier step stopped (always: in any case). Undo: stops it.'),
  z
    .strictObject({ do: z.literal('move-aside'), path, to, optional, ...common })
    .describe(
      'Renames a file or folder beside itself, or moves it to the backup folder. Undo: moves it back.',
    ),
  z
    .strictObject({
      do: z.literal('move-contents-aside'),
      path,
      matching: z.array(pattern).min(1).max(8),
      to,
      optional,
      ...common,
    })
    .describe('Moves matching entries of a folder, not the folder. Undo: moves them back.'),
  z
    .strictObject({ do: z.literal('copy-aside'), path, optional, ...common })
    .describe('Copies a file or folder to the backup folder. Undo: nothing to do, the copy is kept.'),
  z
    .strictObject({ do: z.literal('make-folder'), path, ...common })
    .describe('Makes a folder where there is none. Undo: removes it if empty, else moves it aside.'),
  z
    .strictObject({ do: z.literal('put-back'), copy: stepId, ...common })
    .describe(
      'Puts the copy of an earlier step in its place. Undo: removes it if unchanged, else moves it aside.',
    ),
  z
    .strictObject({ do: z.literal('delete-copy'), copy: stepId, ...common })
    .describe('Deletes a copy that an earlier step of this remedy made. Nothing else can be deleted.'),
  z
    .strictObject({
      do: z.literal('set-registry'),
      key: z.string(),
      name: z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/),
      type: z.enum(['REG_DWORD', 'REG_SZ', 'REG_EXPAND_SZ']),
      data: z.string().max(200),
      ...common,
    })
    .describe('Sets a registry value. Undo: the former value.'),
  z
    .strictObject({
      do: z.literal('remove-registry'),
      key: z.string(),
      name: z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/),
      ...common,
    })
    .describe('Removes a registry value. Undo: the former value.'),
  z
    .strictObject({
      do: z.literal('run-tool'),
      ...toolCall,
      accept: exitCodes.default([0]),
      undo: z.union([
        z.strictObject(toolCall),
        z.strictObject({ impossible: words }),
        z.strictObject({ needless: words }),
      ]),
      ...common,
    })
    .describe('Runs a tool of the closed list with fixed arguments. Undo: as the step says.'),
  z.strictObject({ do: z.literal('wait'), seconds, ...common }).describe('Waits.'),
  z
    .strictObject({ do: z.literal('check'), that: conditionSchema, otherwise: words, ...common })
    .describe('Stops where the condition does not hold, and says what to do instead.'),
  z
    .strictObject({ do: z.literal('ask'), question: words, ...common })
    .describe('Asks yes or no; no stops the remedy and takes back what was done.'),
]);

export const remedySchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{2,60}$/),
    title: words,
    summary: words,
    article: z
      .strictObject({
        source: z.string().regex(/^[a-z0-9-]+$/),
        key: z.string().min(1).max(400),
        revision: z.int().min(1).describe('The revision that the remedy was reviewed for.'),
      })
      .describe('The article that it fixes.'),
    platforms: z.array(z.enum(['windows', 'linux'])).length(1),
    needs: z.strictObject({
      administrator: z.boolean(),
      megabytes: z
        .int()
        .min(0)
        .default(0)
        .describe('Free space for copies, on the volume of the backup folder.'),
      minutes: z.int().min(1).max(600),
    }),
    loses: z.array(words).default([]).describe('What users would lose, and how it is kept.'),
    aggressive: z
      .strictObject({ effects: z.array(words).min(1) })
      .optional()
      .describe('The further effects of the aggressive mode, in words.'),
    steps: z.array(stepSchema).min(1).max(60),
    verify: z.array(conditionSchema).min(1).max(10).describe('Together they show that the fault is gone.'),
    afterwards: z.array(words).default([]).describe('What is left to do, such as a restart.'),
  })
  .describe('A runnable fix of an article.');

export type Remedy = z.infer<typeof remedySchema>;
export type RemedyStep = Remedy['steps'][number];
export type RemedyCondition = z.infer<typeof conditionSchema>;
export type RemedyMode = 'default' | 'aggressive';
export type RemedyPlatform = Remedy['platforms'][number];

/** The schema of remedy documents in the JSON Schema dialect of 2020-12, for editors. */
export function remedyJsonSchema(): object {
  return z.toJSONSchema(remedySchema, { io: 'input' });
}
