import { ForbiddenAddressError } from './guarded-connector.ts';
import { BodyLimitError } from './read-body.ts';

export type FailureCode =
  | 'forbidden-address'
  | 'too-large'
  | 'expands-too-far'
  | 'unknown-encoding'
  | 'broken-encoding'
  | 'timeout'
  | 'no-such-host'
  | 'no-connection'
  | 'bad-certificate'
  | 'bad-answer'
  | 'bad-redirect'
  | 'bad-status'
  | 'server-error';

export type Failure = {
  readonly code: FailureCode;
  readonly because: string;
  /** Worth another attempt in the same night. */
  readonly mayPass: boolean;
};

/** Says in plain words why an exchange failed, and whether it may work a little later. */
export function describeFailure(error: unknown, host: string, timeoutMs: number): Failure {
  const causes = listCauses(error);
  const limit = causes.find((cause) => cause instanceof BodyLimitError);
  if (limit instanceof BodyLimitError) {
    return { code: limit.code, because: `${host}: ${limit.message}`, mayPass: false };
  }
  const forbidden = causes.find((cause) => cause instanceof ForbiddenAddressError);
  if (forbidden instanceof ForbiddenAddressError) {
    return { code: 'forbidden-address', because: forbidden.message, mayPass: false };
  }
  const codes = causes.flatMap((cause) =>
    cause instanceof Error && 'code' in cause ? [String(cause.code)] : [],
  );
  const isTimeout = causes.some((cause) => cause instanceof Error && cause.name === 'TimeoutError');
  if (isTimeout || codes.some((code) => /TIMEOUT|ETIMEDOUT/.test(code))) {
    return { code: 'timeout', because: `${host} took longer than ${timeoutMs / 1000} s`, mayPass: true };
  }
  if (codes.includes('ENOTFOUND')) {
    return { code: 'no-such-host', because: `${host} has no address`, mayPass: false };
  }
  const certificate = codes.find((code) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code));
  if (certificate !== undefined) {
    return { code: 'bad-certificate', because: `the certificate of ${host} is not valid`, mayPass: false };
  }
  if (codes.some((code) => /^HPE_|HEADERS_OVERFLOW/.test(code))) {
    return { code: 'bad-answer', because: `${host} does not answer in HTTP`, mayPass: false };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'no-connection', because: `no connection to ${host}: ${message}`, mayPass: true };
}

function listCauses(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause !== undefined && causes.length < 8; ) {
    causes.push(cause);
    if (cause instanceof AggregateError) causes.push(...cause.errors);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}
