import type { SendOutcome } from './transport.ts';

/** What nodemailer says of an attempt that failed. */
type SmtpFailure = {
  readonly message: string;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly command?: string | undefined;
};

/**
 * Tells a refusal of this recipient or message, which is final, from everything else, which passes: lost connections,
 * 4yz replies (RFC 5321, 4.2.1), and refusals of us rather than of the reader (greeting, sign-in, sender, policy:
 * 5.7.z of RFC 3463), which an operator can mend.
 */
export function classifyFailure(error: unknown): Exclude<SendOutcome, { kind: 'accepted' }> {
  const failure = readFailure(error);
  const response = (failure.response ?? failure.message).slice(0, 1000);
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null;
  const isRefused = (failure.responseCode ?? 0) >= 500 && /^(RCPT TO|DATA)/.test(failure.command ?? '');
  if (!isRefused || status?.startsWith('5.7.')) return { kind: 'deferred', response };
  return { kind: 'failed', response, status };
}

function readFailure(error: unknown): SmtpFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  // nodemailer hangs these on plain Errors; each is checked by how it is used.
  const { message, responseCode, response, command } = error as Error & Partial<SmtpFailure>;
  return { message, responseCode, response, command };
}
