/** Tells whether the database refused to break one of its constraints (unique, check, reference), on either kind. */
export function isConstraintViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const code = String(error.code);
  return code.startsWith('SQLITE_CONSTRAINT') || code.startsWith('23'); // PostgreSQL, class 23: integrity
}
