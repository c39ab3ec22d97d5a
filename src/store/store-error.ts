export type StoreErrorCode =
  | 'DISK_FULL'
  | 'LOCKED'
  | 'UNREACHABLE'
  | 'REFUSED'
  | 'DAMAGED'
  | 'NOT_A_DATABASE'
  | 'READ_ONLY'
  | 'OVERLOADED'
  | 'NOT_POSSIBLE_HERE';

/**
 * The database can't do its work, for a reason that an operator can mend. The message is one sentence or two:
 * what happened, what was kept, what to do. `cause` is what the driver said.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The code that a driver or the system gave an error; '' where it gave none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
