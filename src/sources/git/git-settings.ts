import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SourceError } from '../../knowledge/source.ts';

/** What git calls a branch (git-check-ref-format), and nothing that git could take for an option. */
const branchName = z
  .string()
  .regex(/^(?![-/.])(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\\p{Cc}]{1,200}(?<![/.])$/u, {
    error: 'is no name of a branch',
  });

const folders = z
  .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
  .transform((list) => list.map((folder) => folder.trim().replace(/^(?:\.?\/)+|\/+$/g, '')))
  .transform((list) => list.filter((folder) => folder !== ''))
  .refine((list) => list.every((folder) => !folder.split('/').includes('..') && !folder.includes('\0')), {
    error: 'must stay inside the repository',
  });

/** `folder → URL`, as a map or, from the command line, as `folder=URL,folder=URL`. */
const pageUrls = z
  .union([z.string().transform(readPairs), z.record(z.string(), z.string())])
  .pipe(z.record(z.string(), z.url({ protocol: /^https?$/ })));

/** The settings of a git source. All may be left out. */
export const gitSettingsSchema = z.object({
  /** Default: the one that the repository calls its own. */
  branch: branchName.optional(),
  /** Folders or patterns (`*` within a name, `**` across folders) to take; none: everything. */
  include: folders.default([]),
  /** Folders or patterns to leave, also inside those that are taken. */
  exclude: folders.default([]),
  /** Where the vendor shows the articles of a folder: the longest folder that fits wins. */
  pageUrls: pageUrls.default({}),
  /** Larger files are passed over. */
  maxFileBytes: z.coerce.number().int().min(1000).max(50_000_000).default(5_000_000),
});

export type GitSettings = z.output<typeof gitSettingsSchema>;

/** Throws SourceError naming the setting that is wrong. */
export function readGitSettings(settings: Readonly<Record<string, unknown>>): GitSettings {
  const parsed = gitSettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join('.') ?? '';
  throw new SourceError(
    'bad-settings',
    `The setting "${name}" of this git source is wrong: ${issue?.message ?? ''}.`,
  );
}

function readPairs(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => {
    const cut = pair.indexOf('=');
    return cut === -1 ? ['', pair.trim()] : [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()];
  });
  return Object.fromEntries(pairs.filter(([, url]) => url !== ''));
}

/**
 * A short name of the settings that decide what the articles of a commit are and where they are shown; '' for the
 * default. Part of a snapshot's proof: after a change of settings everything is to be shown again.
 */
export function nameSelection({ include, exclude, pageUrls }: GitSettings): string {
  if (include.length === 0 && exclude.length === 0 && Object.keys(pageUrls).length === 0) return '';
  const selection = JSON.stringify([include, exclude, Object.entries(pageUrls)]);
  return createHash('sha256').update(selection).digest('hex').slice(0, 8);
}
