import { judgeRefusal } from '../bounces/judge-refusal.ts';
import { tidyReply } from './tidy-reply.ts';
import type { SendOutcome } from './transport.ts';

/** What nodemailer says of an attempt that failed. */
type SmtpFailure = {
  readonly message: string;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  readonly command?: string | undefined;
};

/**
 * Tells a refusal of this recipient, which is final, from everything else, which passes: lost connections, 4yz replies
 * (RFC 5321, 4.2.1), and refusals of us rather than of the reader (greeting, sign-in, sender, policy), which an operator
 * can mend. What a server refused is judged as a report of it would be.
 */
export function classifyFailure(error: unknown): Exclude<SendOutcome, { kind: 'accepted' }> {
  const failure = readFailure(error);
  const response = tidyReply(failure.response ?? failure.message);
  const command = /^(RCPT TO|DATA)/.exec(failure.command ?? '')?.[1];
  if (failure.responseCode === undefined) return { kind: 'deferred', response, isUnreachable: true };
  if (command === undefined || failure.responseCode < 500) return { kind: 'deferred', response };
  const { kind, reason, status } = judgeRefusal({
    text: response,
    context: `in reply to ${command} command`,
    status: '',
    isDelayed: false,
  });
  const refusal = { kind, reason, status };
  return { kind: kind === 'policy' ? 'deferred' : 'failed', response, refusal };
}

function readFailure(error: unknown): SmtpFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  // nodemailer hangs these on plain Errors; each is checked by how it is used.
  const { message, responseCode, response, command } = error as Error & Partial<SmtpFailure>;
  return { message, responseCode, response, command };
}
