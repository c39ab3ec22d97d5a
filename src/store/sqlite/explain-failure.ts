import { codeOf, StoreError, type StoreErrorCode } from '../store-error.ts';

/** By the beginning of SQLite's result code (sqlite.org/rescode.html); the first that fits. */
const explanations: readonly (readonly [
  begin: string,
  code: StoreErrorCode,
  explain: (file: string) => string,
])[] = [
  [
    'SQLITE_FULL',
    'DISK_FULL',
    (file) =>
      `The disk of ${file} is full. What was kept before stays; what was under way was undone. Free some space and run it again.`,
  ],
  [
    'SQLITE_BUSY',
    'LOCKED',
    (file) =>
      `Another process has held the lock on ${file} for too long. Nothing was changed. Wait for it, or end it, and run this again.`,
  ],
  [
    'SQLITE_LOCKED',
    'LOCKED',
    (file) => `${file} is locked by another statement. Nothing was changed. Run it again.`,
  ],
  [
    'SQLITE_CORRUPT',
    'DAMAGED',
    (file) =>
      `${file} is damaged. Stop the program, keep a copy of the file, and restore the last backup with: kbalertz restore FILE`,
  ],
  [
    'SQLITE_NOTADB',
    'NOT_A_DATABASE',
    (file) =>
      `${file} is no kbalertz database. It was left as it is; choose another folder with --data, or restore a backup.`,
  ],
  [
    'SQLITE_READONLY',
    'READ_ONLY',
    (file) =>
      `This user may not write to ${file}. Nothing was changed. Change its owner, or choose another folder with --data.`,
  ],
  [
    'SQLITE_CANTOPEN',
    'REFUSED',
    (file) => `${file} can't be opened. Check that its folder is there and that this user may write in it.`,
  ],
  [
    'SQLITE_IOERR',
    'UNREACHABLE',
    (file) =>
      `The disk of ${file} does not read or write as it should. What was kept before stays. Check the disk, then run it again.`,
  ],
];

/** The error that says in a sentence what is the matter with the file; any other error as it is. */
export function explainSqliteFailure(error: unknown, file: string): unknown {
  const given = codeOf(error) || codeOfMissingFolder(error);
  const found = explanations.find(([begin]) => given.startsWith(begin));
  if (!found) return error;
  const [, code, explain] = found;
  return new StoreError(code, explain(file), { cause: error });
}

/** The driver itself refuses a missing folder, with a plain TypeError. */
function codeOfMissingFolder(error: unknown): string {
  return error instanceof TypeError && error.message.includes('directory does not exist')
    ? 'SQLITE_CANTOPEN'
    : '';
}
